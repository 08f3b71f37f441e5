package io.keyferry.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates objects with as little work on this side as HTTP over TLS allows: the limit that the servers set. */
final class LeanWriter implements AutoCloseable {
    private static final int CONNECTIONS = 24;
    private static final int CREATED = 201;

    private final List<LeanConnection> connections = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

    LeanWriter(ApiServer server) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(new LeanConnection(server));
        }
    }

    /** Creates all of them in the collection at {@code path}, over connections that are open already. */
    Duration create(String path, List<byte[]> bodies) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long started = System.nanoTime();
        List<Future<?>> work = new ArrayList<>();
        for (LeanConnection connection : connections) {
            work.add(threads.submit(() -> {
                for (int i = next.getAndIncrement(); i < bodies.size(); i = next.getAndIncrement()) {
                    int status = connection.post(path, bodies.get(i));
                    if (status != CREATED) {
                        throw new IOException("the API server said " + status + " to a create at " + path);
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : work) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (LeanConnection connection : connections) {
            connection.close();
        }
    }
}
