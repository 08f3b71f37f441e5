package io.keyferry.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers on one connection, well or badly. Each way tells whether the connection can take another request. */
final class FaultyResponse {
    private final Socket connection;
    private final OutputStream out;

    FaultyResponse(Socket connection) throws IOException {
        this.connection = connection;
        this.out = connection.getOutputStream();
    }

    boolean send(byte[] response) throws IOException {
        out.write(response);
        return true;
    }

    boolean send(Fault.Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Injected\r\n");
        answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        out.write((head + "Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        return true;
    }

    boolean sendHuge(long bytes) throws IOException {
        String head =
                "HTTP/1.1 200 Injected\r\nContent-Type: application/json\r\nContent-Length: " + bytes + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        byte[] block = new byte[64 * 1024];
        Arrays.fill(block, (byte) 'x');
        block[0] = '"';
        for (long left = bytes; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(left, block.length));
            block[0] = 'x';
        }
        return true;
    }

    boolean hang(CountDownLatch healing) throws IOException {
        pause(Duration.ofDays(1), healing);
        return false;
    }

    /** Sends slowly; after the healing, the rest at once. */
    boolean trickle(byte[] response, Fault.Slow slow, CountDownLatch healing) throws IOException {
        pause(slow.delay(), healing);
        if (slow.pause().isZero()) {
            return send(response);
        }
        for (byte next : response) {
            pause(slow.pause(), healing);
            out.write(next);
        }
        return true;
    }

    boolean reset() {
        FaultProxy.reset(connection);
        return false;
    }

    private static void pause(Duration time, CountDownLatch healing) throws IOException {
        try {
            healing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
