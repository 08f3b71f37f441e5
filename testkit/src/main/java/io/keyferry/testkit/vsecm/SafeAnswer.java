package io.keyferry.testkit.vsecm;

import java.nio.charset.StandardCharsets;

/** What Safe answers: always {@code text/plain}, JSON or not. */
sealed interface SafeAnswer {
    record Body(int status, String text) implements SafeAnswer {
        byte[] encoded(boolean last) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            String head = "HTTP/1.1 %d %s\r\nContent-Type: text/plain; charset=utf-8\r\n%sContent-Length: %d\r\n\r\n"
                    .formatted(
                            status, status == 200 ? "OK" : "Other", last ? "Connection: close\r\n" : "", body.length);
            return Der.join(head.getBytes(StandardCharsets.US_ASCII), body);
        }

        @Override
        public String toString() {
            return "Body(" + status + ")";
        }
    }

    /** The handler panicked: the stream is reset, and Safe goes on. */
    record Panic() implements SafeAnswer {}

    static SafeAnswer ok(String text) {
        return new Body(200, text);
    }

    static SafeAnswer rejected() {
        return new Body(400, "");
    }
}
