package io.keyferry.gotemplate;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What came of a template: its output as bytes in Latin-1, or the message of the error.
 *
 * @param output null for an error
 */
record Outcome(@Nullable String output, @Nullable String error) {
    static Outcome of(byte[] output) {
        return new Outcome(new String(output, StandardCharsets.ISO_8859_1), null);
    }

    static Outcome error(String message) {
        return new Outcome(null, message);
    }

    /** Equal output, or both fail. */
    boolean agreesWith(Outcome other) {
        return output == null ? other.output == null : output.equals(other.output);
    }
}
