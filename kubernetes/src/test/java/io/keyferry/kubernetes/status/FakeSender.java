package io.keyferry.kubernetes.status;

import io.keyferry.kubernetes.api.ApiException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes statuses in as an API server that answers as it is told. */
final class FakeSender implements StatusSender {
    static final int OK = 200;

    private final List<String> tries = new CopyOnWriteArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final Semaphore answers = new Semaphore(0);
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean held;
    private volatile int code = OK;

    @Override
    public void send(StatusRef ref, Object status) throws ApiException, InterruptedException {
        String line = ref.name() + "=" + status;
        tries.add(line);
        underWay.incrementAndGet();
        try {
            if (held) {
                answers.acquire();
            }
        } finally {
            underWay.decrementAndGet();
        }
        if (code != OK) {
            throw new ApiException(code, "told to fail");
        }
        written.add(line);
    }

    /** Answers with this HTTP status code from now on. */
    void answer(int code) {
        this.code = code;
    }

    /** Answers nothing from now on but when {@link #answerOne} says so. */
    void hold() {
        held = true;
    }

    void answerOne() {
        answers.release();
    }

    int underWay() {
        return underWay.get();
    }

    List<String> tries() {
        return tries;
    }

    List<String> written() {
        return written;
    }
}
