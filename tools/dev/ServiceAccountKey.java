import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Writes the key pair with which the local API server signs service account tokens: private key, then public key. */
class ServiceAccountKey {
    public static void main(String[] args) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        write(Path.of(args[0]), "PRIVATE KEY", pair.getPrivate().getEncoded());
        write(Path.of(args[1]), "PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static void write(Path file, String label, byte[] der) throws Exception {
        byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
        String body = Base64.getMimeEncoder(64, newline).encodeToString(der);
        Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, body, label));
    }
}
