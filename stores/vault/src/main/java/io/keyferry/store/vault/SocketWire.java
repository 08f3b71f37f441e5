package io.keyferry.store.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP over a Unix domain socket, which the JDK's client cannot do. It speaks HTTP/1.0, one connection per request, so
 * that the body ends with the connection and needs no chunked decoding.
 */
final class SocketWire implements Wire {
    private static final int MAX_HEAD_BYTES = 64 << 10;

    private final String path;
    private final Duration timeout;
    private final int maxBytes;

    SocketWire(String path, VaultConfig config) {
        this.path = path;
        this.timeout = config.requestTimeout();
        this.maxBytes = config.maxResponseBytes();
    }

    @Override
    public Answer exchange(Call call) throws VaultError, InterruptedException {
        FutureTask<Answer> task = new FutureTask<>(() -> blocking(call));
        Thread thread = Thread.ofVirtual().name("vault-socket").start(task);
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw NetworkErrors.timeout(call, false);
        } catch (ExecutionException e) {
            IOException cause = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            if (cause instanceof BodyTooLarge || cause instanceof ProtocolException) {
                throw NetworkErrors.of(call, cause);
            }
            String reason = Texts.plain(String.valueOf(cause.getMessage()));
            throw VaultError.unreachable(call.label() + ": dial unix " + Texts.plain(path) + ": " + reason);
        } finally {
            // Interrupting a thread that is blocked on a channel closes the channel.
            thread.interrupt();
        }
    }

    private Answer blocking(Call call) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            ByteBuffer request = ByteBuffer.wrap(request(call));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return answer(call, readAll(channel));
        } catch (IllegalArgumentException e) {
            throw new IOException("invalid path of a socket");
        }
    }

    private static byte[] request(Call call) {
        StringBuilder head = new StringBuilder();
        String query = call.url().getRawQuery();
        head.append(call.method()).append(' ').append(call.url().getRawPath());
        head.append(query == null ? "" : "?" + query).append(" HTTP/1.0\r\nHost: localhost\r\n");
        call.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(call.body().length).append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(call.body());
        return request.toByteArray();
    }

    private byte[] readAll(SocketChannel channel) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(16 << 10);
        while (channel.read(buffer) >= 0) {
            bytes.write(buffer.array(), 0, buffer.position());
            buffer.clear();
            if (bytes.size() > maxBytes + MAX_HEAD_BYTES) {
                throw new BodyTooLarge(maxBytes);
            }
        }
        return bytes.toByteArray();
    }

    private Answer answer(Call call, byte[] response) throws IOException {
        String text = new String(response, 0, Math.min(response.length, MAX_HEAD_BYTES), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.matches("(?s)HTTP/1\\.[01] [1-5][0-9][0-9]\\b.*")) {
            throw new ProtocolException("malformed HTTP response");
        }
        Map<String, String> headers = new HashMap<>();
        text.substring(0, end).lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                headers.put(name, line.substring(colon + 1).strip());
            }
        });
        byte[] body = Arrays.copyOfRange(response, end + 4, response.length);
        String length = headers.get("content-length");
        if (headers.containsKey("transfer-encoding")
                || (length != null && !length.equals(Integer.toString(body.length)))) {
            throw new ProtocolException("malformed HTTP response");
        }
        if (body.length > maxBytes) {
            throw new BodyTooLarge(maxBytes);
        }
        return new Answer(call, Integer.parseInt(text.substring(9, 12)), headers, body);
    }
}
