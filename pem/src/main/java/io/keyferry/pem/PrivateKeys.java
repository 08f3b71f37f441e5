package io.keyferry.pem;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/** Reads PEM private keys: PKCS#8, and the older forms of RSA (PKCS#1) and EC (SEC 1), which PKCS#8 wraps. */
public final class PrivateKeys {
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xa0;

    private PrivateKeys() {}

    /**
     * The first private key in the text.
     *
     * @throws GeneralSecurityException if there is none that is not encrypted, or it is malformed
     * @throws IllegalArgumentException if it is not base64
     */
    public static PrivateKey parse(String pem) throws GeneralSecurityException {
        List<byte[]> rsa = Pem.blocks(pem, "RSA PRIVATE KEY");
        List<byte[]> ec = Pem.blocks(pem, "EC PRIVATE KEY");
        List<byte[]> any = Pem.blocks(pem, "PRIVATE KEY");
        if (!rsa.isEmpty()) {
            return key(wrap(RSA, rsa.getFirst()));
        }
        if (!ec.isEmpty()) {
            return key(wrap(join(EC, curve(ec.getFirst())), ec.getFirst()));
        }
        if (!any.isEmpty()) {
            return key(any.getFirst());
        }
        throw new InvalidKeyException("no private key");
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // It may be a key of another algorithm.
            }
        }
        throw new InvalidKeyException("unknown private key");
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, join(VERSION, element(SEQUENCE, algorithm), element(OCTETS, key)));
    }

    /** The curve's object identifier within an EC key: SEQUENCE { version, key, [0] curve, … }. */
    private static byte[] curve(byte[] der) throws InvalidKeyException {
        try {
            ByteBuffer sequence = ByteBuffer.wrap(content(ByteBuffer.wrap(der)));
            while (sequence.hasRemaining()) {
                int tag = sequence.get(sequence.position()) & 0xff;
                byte[] content = content(sequence);
                if (tag == CURVE) {
                    return content;
                }
            }
        } catch (RuntimeException e) {
            throw new InvalidKeyException("malformed EC private key", e);
        }
        throw new InvalidKeyException("EC private key without curve");
    }

    private static byte[] content(ByteBuffer der) {
        der.get();
        int length = der.get() & 0xff;
        if (length > 0x80) {
            int octets = length & 0x7f;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = (length << 8) | (der.get() & 0xff);
            }
        }
        byte[] content = new byte[length];
        der.get(content);
        return content;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteBuffer length = content.length < 0x80
                ? ByteBuffer.allocate(1).put((byte) content.length)
                : ByteBuffer.allocate(3).put((byte) 0x82).putShort((short) content.length);
        return join(new byte[] {(byte) tag}, length.array(), content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
