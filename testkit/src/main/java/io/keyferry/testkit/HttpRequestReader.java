package io.keyferry.testkit;

import io.keyferry.testkit.IncomingRequest.Header;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads HTTP/1.1 requests from a connection, one after the other. */
public final class HttpRequestReader {
    private static final int LINE_LIMIT = 64 * 1024;

    private final InputStream in;

    public HttpRequestReader(InputStream in) {
        this.in = in;
    }

    /** The next request, or empty when the client has ended the connection. */
    public Optional<IncomingRequest> next() throws IOException {
        Optional<String> start = line();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        String[] words = start.get().split(" ", 3);
        if (words.length != 3) {
            throw new IOException("not a request line");
        }
        List<Header> headers = headers();
        return Optional.of(new IncomingRequest(words[0], words[1], headers, body(headers)));
    }

    private List<Header> headers() throws IOException {
        List<Header> headers = new ArrayList<>();
        for (String line = lineOrFail(); !line.isEmpty(); line = lineOrFail()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header line");
            }
            headers.add(new Header(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private byte[] body(List<Header> headers) throws IOException {
        if (Header.first(headers, "transfer-encoding").orElse("").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        return exactly(Integer.parseInt(Header.first(headers, "content-length").orElse("0")));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(lineOrFail().split(";", 2)[0].strip(), 16);
            body.write(exactly(size));
            lineOrFail();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException();
        }
        return bytes;
    }

    private String lineOrFail() throws IOException {
        return line().orElseThrow(EOFException::new);
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            if (line.size() == LINE_LIMIT) {
                throw new IOException("line too long");
            }
            line.write(next);
        }
        return Optional.of(line.toString(StandardCharsets.ISO_8859_1).stripTrailing());
    }
}
