package io.keyferry.store.vsecm.spiffe;

import io.keyferry.engine.content.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads one HTTP/1.1 answer from a connection that carries no other. */
final class AnswerReader {
    private static final int MAX_HEAD_BYTES = 64 << 10;
    private static final int BUFFER = 16 << 10;
    private static final int OK = 200;

    private final InputStream in;
    private final int maxBytes;
    private int headBytes;

    /** What was read: the body of status 200 alone, for of others nothing is of use. */
    record Raw(int status, SecretValue body) {}

    AnswerReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    Raw read() throws IOException {
        int status = status(line());
        Map<String, String> headers = headers();
        while (status / 100 == 1) {
            status = status(line());
            headers = headers();
        }
        return new Raw(status, status == OK ? body(headers) : SecretValue.utf8(""));
    }

    private static int status(String line) throws MalformedAnswerException {
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new MalformedAnswerException("the answer is not HTTP/1.1");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new MalformedAnswerException("the answer's head is not HTTP");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            String other = headers.put(name, value);
            if (name.equals("content-length") && other != null && !other.equals(value)) {
                throw new MalformedAnswerException("the answer has two lengths");
            }
        }
        return headers;
    }

    private SecretValue body(Map<String, String> headers) throws IOException {
        String coding = headers.getOrDefault("transfer-encoding", "");
        String length = headers.getOrDefault("content-length", "");
        if (!coding.isEmpty()) {
            if (!coding.equalsIgnoreCase("chunked") || !length.isEmpty()) {
                throw new MalformedAnswerException("the answer has an unknown transfer coding");
            }
            return chunks();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (length.isEmpty()) {
            append(body, Integer.MAX_VALUE, false);
        } else {
            append(body, number(length, 10), true);
        }
        return SecretValue.of(body.toByteArray());
    }

    private SecretValue chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            append(body, size, true);
            if (!line().isEmpty()) {
                throw new MalformedAnswerException("a chunk is longer than it says");
            }
        }
        headers();
        return SecretValue.of(body.toByteArray());
    }

    private int chunkSize() throws IOException {
        headBytes = 0;
        return number(line().split(";", 2)[0].strip(), 16);
    }

    private int number(String digits, int radix) throws MalformedAnswerException {
        if (!digits.matches("[0-9a-fA-F]{1,19}")) {
            throw new MalformedAnswerException("the answer has a malformed length");
        }
        try {
            long number = Long.parseLong(digits, radix);
            return (int) Math.min(number, Integer.MAX_VALUE);
        } catch (NumberFormatException e) {
            throw new MalformedAnswerException("the answer has a malformed length");
        }
    }

    private void append(ByteArrayOutputStream body, int count, boolean exactly) throws IOException {
        if (exactly && count > maxBytes - body.size()) {
            throw tooLarge();
        }
        byte[] buffer = new byte[BUFFER];
        int left = count;
        while (left > 0) {
            int read = in.read(buffer, 0, Math.min(left, buffer.length));
            if (read < 0) {
                if (exactly) {
                    throw new EOFException("the answer breaks off");
                }
                return;
            }
            if (read > maxBytes - body.size()) {
                throw tooLarge();
            }
            body.write(buffer, 0, read);
            left -= read;
        }
    }

    private MalformedAnswerException tooLarge() {
        return new MalformedAnswerException("the answer is larger than " + maxBytes + " bytes");
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException(
                        headBytes == 0 ? "the connection ended without an answer" : "the answer breaks off");
            }
            if (++headBytes > MAX_HEAD_BYTES) {
                throw new MalformedAnswerException("the answer's head is larger than 64 KiB");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
