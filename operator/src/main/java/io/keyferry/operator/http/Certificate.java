package io.keyferry.operator.http;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.pem.Pem;
import io.keyferry.pem.PrivateKeys;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's certificate and key, in a folder as a Secret of type {@code kubernetes.io/tls} is mounted: {@code tls.crt}
 * and {@code tls.key}. Both are read anew at a handshake if they have not been for a while; what makes no sense leaves the last
 * that did in use.
 */
public final class Certificate {
    private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final String CHAIN = "tls.crt";
    private static final String KEY = "tls.key";

    private record Credential(String source, List<X509Certificate> chain, PrivateKey key) {
        @Override
        public String toString() {
            return "Credential(masked)";
        }
    }

    private final Path folder;
    private final TimeSource time;
    private Credential current;
    private String told = "";
    private long lookedAt;

    private Certificate(Path folder, TimeSource time, Credential current) {
        this.folder = folder;
        this.time = time;
        this.current = current;
        lookedAt = time.nanos();
    }

    /** @throws IOException if there is no certificate that fits its key; the message says what is wrong with which file */
    public static Certificate follow(Path folder, TimeSource time) throws IOException {
        return new Certificate(folder, time, read(folder));
    }

    private static Credential read(Path folder) throws IOException {
        String chain = text(folder.resolve(CHAIN));
        String key = text(folder.resolve(KEY));
        List<X509Certificate> certificates;
        try {
            certificates = Pem.certificates(chain);
        } catch (GeneralSecurityException e) {
            throw new IOException("%s: %s".formatted(folder.resolve(CHAIN), e.getMessage()), e);
        }
        try {
            PrivateKey read = PrivateKeys.parse(key);
            if (!belongs(read, certificates.getFirst().getPublicKey())) {
                throw new IOException("%s is not the key of the certificate beside it".formatted(folder.resolve(KEY)));
            }
            return new Credential(chain + key, certificates, read);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "%s: there is no unencrypted PKCS#8, PKCS#1 or EC private key in it".formatted(folder.resolve(KEY)),
                    e);
        }
    }

    /** What the one signs the other verifies. */
    private static boolean belongs(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals(certified.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        byte[] text = certified.getEncoded();
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(text);
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException("%s cannot be read".formatted(file), e);
        }
    }

    private synchronized Credential current() {
        long now = time.nanos();
        if (now - lookedAt < PERIOD.toNanos()) {
            return current;
        }
        lookedAt = now;
        try {
            Credential found = read(folder);
            if (!found.source().equals(current.source())) {
                current = found;
                LOG.info("the certificate in {} has changed and is in use", folder);
            }
            told = "";
        } catch (IOException e) {
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(told)) {
                LOG.warn("the last certificate stays in use: {}", problem);
                told = problem;
            }
        }
        return current;
    }

    /** TLS with this certificate, whichever it is when a client comes. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Keys()}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private final class Keys extends X509ExtendedKeyManager {
        private static final String ALIAS = "server";

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return chooseServerAlias(keyType, issuers, null);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            String algorithm = current().key().getAlgorithm();
            boolean fits = keyType.equals(algorithm)
                    || (keyType.equals("EdDSA") && algorithm.startsWith("Ed"))
                    || (keyType.equals("RSASSA-PSS") && algorithm.equals("RSA"));
            return fits ? ALIAS : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return current().chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return current().key();
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
