package io.keyferry.engine.read;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How a thread waits for a read, so that whoever counts running threads need not count it meanwhile. */
@FunctionalInterface
public interface Blocking {
    /** Waits for {@code future} and returns what it holds. */
    <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException;

    /** Simply waits. */
    static Blocking plain() {
        return new Blocking() {
            @Override
            public <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException {
                return future.get();
            }
        };
    }
}
