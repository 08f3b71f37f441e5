package io.keyferry.store.vault;

import io.keyferry.engine.settings.SettingsException;
import io.keyferry.pem.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Builds the TLS side of a {@link VaultConfig} from files. */
final class TlsFiles {
    private TlsFiles() {}

    /** Empty if nothing deviates from the platform's defaults. */
    static Optional<TlsMaterial> load(
            List<X509Certificate> authorities,
            Optional<ClientCertificate> client,
            boolean skipVerify,
            String serverName)
            throws SettingsException {
        if (authorities.isEmpty() && client.isEmpty() && !skipVerify && serverName.isEmpty()) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = client.<KeyManager[]>map(c -> new KeyManager[] {new ClientKeyManager(c)})
                    .orElse(new KeyManager[0]);
            context.init(keys, new TrustManager[] {trust(authorities, skipVerify, serverName)}, null);
            SSLParameters parameters = context.getDefaultSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            return Optional.of(new TlsMaterial(context, parameters));
        } catch (GeneralSecurityException | IOException e) {
            throw new SettingsException("VAULT_CACERT", "TLS could not be set up: " + e.getMessage());
        }
    }

    /** The first of the three that is set wins, as in the Go client. */
    static List<X509Certificate> authorities(String file, String pem, String folder) throws SettingsException {
        if (!file.isEmpty()) {
            return certificates("VAULT_CACERT", Path.of(file));
        }
        if (!pem.isEmpty()) {
            return certificates("VAULT_CACERT_BYTES", pem.getBytes(StandardCharsets.UTF_8));
        }
        List<X509Certificate> all = new ArrayList<>();
        if (!folder.isEmpty()) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                    all.addAll(certificates("VAULT_CAPATH", each));
                }
            } catch (IOException e) {
                throw new SettingsException("VAULT_CAPATH", "could not read " + folder);
            }
            if (all.isEmpty()) {
                throw new SettingsException("VAULT_CAPATH", "there is no certificate in " + folder);
            }
        }
        return all;
    }

    static List<X509Certificate> certificates(String variable, Path file) throws SettingsException {
        try {
            return certificates(variable, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SettingsException(variable, "could not read " + file);
        }
    }

    private static List<X509Certificate> certificates(String variable, byte[] pem) throws SettingsException {
        try {
            return Pem.certificates(new String(pem, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new SettingsException(variable, String.valueOf(e.getMessage()));
        }
    }

    private static TrustManager trust(List<X509Certificate> authorities, boolean skipVerify, String serverName)
            throws GeneralSecurityException, IOException {
        if (skipVerify) {
            return new TrustAll();
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities.isEmpty() ? null : store(authorities));
        X509ExtendedTrustManager platform = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        return serverName.isEmpty() ? platform : new NamedServerTrust(platform, serverName);
    }

    private static KeyStore store(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        return store;
    }
}
