package io.keyferry.store.vault;

import io.keyferry.engine.settings.SettingsException;
import io.keyferry.pem.PrivateKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The certificate chain this process shows, and its key. */
record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
    /** Reads both files, or none if neither is named. */
    static Optional<ClientCertificate> load(String certificateFile, String keyFile) throws SettingsException {
        if (certificateFile.isEmpty() && keyFile.isEmpty()) {
            return Optional.empty();
        }
        if (certificateFile.isEmpty() || keyFile.isEmpty()) {
            throw new SettingsException(
                    certificateFile.isEmpty() ? "VAULT_CLIENT_CERT" : "VAULT_CLIENT_KEY",
                    "both client cert and client key must be provided");
        }
        List<X509Certificate> chain = TlsFiles.certificates("VAULT_CLIENT_CERT", Path.of(certificateFile));
        try {
            String pem = new String(Files.readAllBytes(Path.of(keyFile)), StandardCharsets.UTF_8);
            return Optional.of(new ClientCertificate(chain, PrivateKeys.parse(pem)));
        } catch (IOException e) {
            throw new SettingsException("VAULT_CLIENT_KEY", "could not read " + keyFile);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SettingsException(
                    "VAULT_CLIENT_KEY", "there is no unencrypted PKCS#8, PKCS#1 or EC private key in it");
        }
    }

    @Override
    public String toString() {
        return "ClientCertificate(masked)";
    }
}
