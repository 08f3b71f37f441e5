package io.keyferry.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Does something many times, a few at once. */
public final class Crowd {
    private static final int WIDTH = 16;

    private Crowd() {}

    /** Calls {@code action} with 0 to {@code times} - 1; fails if any of the calls does. */
    public static void of(int times, IntConsumer action) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(WIDTH)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                calls.add(threads.submit(() -> action.accept(number)));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
