package io.keyferry.store.vault;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP request.
 *
 * @param body empty for none
 * @param secrets what the request carries and no message may repeat
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Call(String method, URI url, Map<String, String> headers, byte[] body, List<String> secrets) {
    Call to(URI other) {
        return new Call(method, other, headers, body, secrets);
    }

    /** Text of a server, without what this request confided to it. */
    String redact(String text) {
        String redacted = text;
        for (String secret : secrets) {
            // Shorter ones are words of everyday use, such as the root token of a development server.
            redacted = secret.length() < 8 ? redacted : redacted.replace(secret, "***");
        }
        return redacted;
    }

    /** As Go's network errors begin: {@code Get "http://…"}. */
    String label() {
        return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT) + " \"" + url + "\"";
    }

    @Override
    public String toString() {
        return method + " " + url;
    }
}
