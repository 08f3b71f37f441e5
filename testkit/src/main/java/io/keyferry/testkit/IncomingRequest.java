package io.keyferry.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** One HTTP request as it came in. */
public final class IncomingRequest {
    private final String method;
    private final String target;
    private final List<Header> headers;
    private final byte[] body;

    IncomingRequest(String method, String target, List<Header> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /** A header line; the name is in lower case. */
    public record Header(String name, String value) {
        static Optional<String> first(List<Header> headers, String name) {
            return headers.stream()
                    .filter(header -> header.name().equals(name))
                    .map(Header::value)
                    .findFirst();
        }
    }

    public String method() {
        return method;
    }

    public String target() {
        return target;
    }

    public List<Header> headers() {
        return headers;
    }

    public byte[] body() {
        return body;
    }

    /** The AWS action it asks for: in a header, or in a form. Empty if there is none. */
    public String action() {
        Optional<String> target = Header.first(headers, "x-amz-target");
        if (target.isPresent()) {
            return target.get().substring(target.get().lastIndexOf('.') + 1);
        }
        boolean form = Header.first(headers, "content-type").orElse("").startsWith("application/x-www-form-urlencoded");
        return form
                ? Stream.of(new String(body, StandardCharsets.UTF_8).split("&"))
                        .filter(field -> field.startsWith("Action="))
                        .map(field -> field.substring("Action=".length()))
                        .findFirst()
                        .orElse("")
                : "";
    }

    /** Whether the client wants no further request on its connection. */
    public boolean isLast() {
        return Header.first(headers, "connection")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("close");
    }
}
