package io.keyferry.testkit.vsecm;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a Safe treats requests below HTTP. */
final class SafeMood {
    private enum Mood {
        GOOD,
        HANGING,
        RESETTING,
        TRICKLING
    }

    private volatile Mood mood = Mood.GOOD;
    private volatile CountDownLatch healed = new CountDownLatch(1);

    boolean isGood() {
        return mood == Mood.GOOD;
    }

    void heal() {
        mood = Mood.GOOD;
        CountDownLatch waiting = healed;
        healed = new CountDownLatch(1);
        waiting.countDown();
    }

    void hang() {
        mood = Mood.HANGING;
    }

    void reset() {
        mood = Mood.RESETTING;
    }

    void trickle() {
        mood = Mood.TRICKLING;
    }

    /** Ends without a proper answer, at the latest when healed. */
    void spoil(Socket plain, OutputStream out) throws IOException {
        try {
            switch (mood) {
                case RESETTING -> {
                    plain.setSoLinger(true, 0);
                    plain.close();
                }
                case TRICKLING -> drip(out);
                default -> healed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drip(OutputStream out) throws IOException, InterruptedException {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        CountDownLatch end = healed;
        while (!end.await(10, TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
        }
    }
}
