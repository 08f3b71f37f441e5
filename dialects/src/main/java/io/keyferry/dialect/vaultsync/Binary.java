package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.content.SecretValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What becomes of values that are no text in UTF-8, which is all that Vault holds. */
public enum Binary {
    /** They are written in base64, and the path's metadata says which. */
    BASE64,
    /** Their bytes that are no text become U+FFFD, as with the original, and are lost. */
    REPLACE,
    /** They are not written, and neither is anything beside them. */
    REFUSE;

    static boolean isText(SecretValue value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.bytes()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    static SecretValue base64(SecretValue value) {
        return SecretValue.utf8(Base64.getEncoder().encodeToString(value.bytes()));
    }
}
