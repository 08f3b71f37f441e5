package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.time.Timers;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one watch on Secrets, for all dialects. It keeps nothing; the index does. It never gives up. */
public final class SecretWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final int MOST_DOUBLINGS = 6;

    private final ApiClient api;
    private final Set<String> namespaces;
    private final SecretIndex index;
    private final Fingerprinter fingerprinter;
    private final Timers timers;
    private final RandomGenerator random;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean synced;
    private volatile boolean closed;

    /** @param namespaces where to watch; empty for everywhere */
    public SecretWatch(
            ApiClient api,
            Set<String> namespaces,
            SecretIndex index,
            Fingerprinter fingerprinter,
            Timers timers,
            RandomGenerator random) {
        this.api = api;
        this.namespaces = Set.copyOf(namespaces);
        this.index = index;
        this.fingerprinter = fingerprinter;
        this.timers = timers;
        this.random = random;
    }

    /** Starts watching; the future ends when everything that is there has been seen. */
    public CompletableFuture<Void> start() {
        List<CompletableFuture<Void>> listed = new ArrayList<>();
        if (namespaces.isEmpty()) {
            listed.add(start(null));
        } else {
            namespaces.forEach(namespace -> listed.add(start(namespace)));
        }
        return CompletableFuture.allOf(listed.toArray(CompletableFuture[]::new)).thenRun(() -> synced = true);
    }

    /** Whether all that is there has been seen. */
    public boolean isSynced() {
        return synced;
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }

    private CompletableFuture<Void> start(@Nullable String namespace) {
        CompletableFuture<Void> listed = new CompletableFuture<>();
        SecretFeed feed = new SecretFeed(api, namespace, index, fingerprinter, timers);
        threads.add(Thread.ofPlatform().daemon().name("secrets").start(() -> run(feed, listed)));
        return listed;
    }

    private void run(SecretFeed feed, CompletableFuture<Void> listed) {
        AtomicInteger failures = new AtomicInteger();
        boolean complete = false;
        try {
            while (!closed) {
                try {
                    if (!complete) {
                        feed.list();
                        complete = true;
                        listed.complete(null);
                    }
                    feed.watch(() -> failures.set(0));
                    pause(0);
                } catch (ApiException e) {
                    complete = complete && !e.isGone();
                    failed(failures.getAndIncrement(), e.getMessage());
                } catch (JsonProcessingException e) {
                    complete = false;
                    failed(failures.getAndIncrement(), "the API server's answer makes no sense");
                } catch (IOException | RuntimeException e) {
                    failed(failures.getAndIncrement(), e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** That a watch breaks once is nothing special. */
    private void failed(int failures, @Nullable String problem) throws InterruptedException {
        if (failures == 1) {
            LOG.warn("the watch on Secrets failed and is tried again: {}", problem);
        }
        pause(failures);
    }

    private void pause(int failures) throws InterruptedException {
        long longest = FIRST_PAUSE.toMillis() << Math.min(failures, MOST_DOUBLINGS);
        Thread.sleep(Duration.ofMillis((long) (longest * (0.5 + 0.5 * random.nextDouble()))));
    }
}
