package io.keyferry.engine.read;

import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.testing.ManualTime;
import io.keyferry.engine.testing.ScriptedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A read plane in manual time over one scripted store, and what it woke. */
final class PlaneFixture {
    static final StoreAddress STORE = new StoreAddress("scripted", "here");
    static final Duration LATENCY = Duration.ofMillis(10);

    final ManualTime time = new ManualTime();
    final ScriptedStore store = new ScriptedStore();
    final List<SyncId> woken = new ArrayList<>();
    final ReadPlane plane;

    /** Whether more reads are about to be asked for. */
    boolean crowd;

    /** Whether reads that start now never end. */
    boolean hanging;

    PlaneFixture() {
        this(ReadPolicy.defaults(), StoreLimits.defaults());
    }

    PlaneFixture(ReadPolicy policy, StoreLimits limits) {
        plane = plane(policy, limits, store);
    }

    /** A read plane over another store of the kind of {@link #STORE}. */
    PlaneFixture(SecretStore other) {
        plane = plane(ReadPolicy.defaults(), StoreLimits.defaults(), other);
    }

    private ReadPlane plane(ReadPolicy policy, StoreLimits limits, SecretStore readFrom) {
        Executor executor = time.executor(LATENCY);
        return new ReadPlane(
                Map.of(readFrom.kind(), readFrom),
                policy,
                limits,
                Fingerprinter.random(),
                time,
                time,
                task -> {
                    if (!hanging) {
                        executor.execute(task);
                    }
                },
                new Random(7),
                woken::addAll,
                ReadObserver.none(),
                () -> crowd);
    }

    static SyncId id(String name) {
        return new SyncId("test", "default", name);
    }

    static ReadKey key(String path) {
        return new ReadKey(new Access(STORE, new Identity.Ambient()), Reference.secret(path));
    }

    /** A key that is read as {@code tenant}. */
    static ReadKey key(String tenant, String path) {
        Identity identity = new Identity.ServiceAccount(tenant, "reader", "auth/kubernetes/login", "reader", "");
        return new ReadKey(new Access(STORE, identity), Reference.secret(path));
    }

    /** Asks as an object that was edited just now. */
    CompletableFuture<Answer> ask(String object, String path) {
        return ask(object, path, new Trigger(time.nanos(), Priority.INTERACTIVE));
    }

    CompletableFuture<Answer> ask(String object, String path, Trigger trigger) {
        return plane.request(id(object), key(path), trigger);
    }

    /** Asks as an object that is content with anything. */
    CompletableFuture<Answer> askAgain(String object, String path) {
        return ask(object, path, new Trigger(time.nanos() - Duration.ofDays(1).toNanos(), Priority.REFRESH));
    }

    /** Reads the paths as an object that was edited just now, and subscribes to them. */
    void run(String object, Duration refresh, String... paths) {
        Map<ReadKey, CompletableFuture<Answer>> asked = new HashMap<>();
        for (String path : paths) {
            asked.put(key(path), ask(object, path));
        }
        for (int i = 0; i < 100 && !asked.values().stream().allMatch(CompletableFuture::isDone); i++) {
            pass(LATENCY);
        }
        subscribe(object, Optional.of(refresh), asked);
    }

    void subscribe(String object, Optional<Duration> refresh, Map<ReadKey, CompletableFuture<Answer>> asked) {
        Map<ReadKey, Answer.State> seen = new HashMap<>();
        asked.forEach((key, answer) -> seen.put(key, answer.resultNow().state()));
        plane.subscribe(id(object), seen, refresh);
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /** What was answered, in a word: the value, {@code absent} or the kind of failure. */
    static String word(CompletableFuture<Answer> answer) {
        if (!answer.isDone()) {
            return "nothing yet";
        }
        return switch (answer.resultNow()) {
            case Answer.Failed failed -> failed.failure().kind().name();
            case Answer.Read read ->
                switch (read.reading()) {
                    case Reading.Found found -> found.value().utf8();
                    case Reading.Absent absent -> "absent";
                    case Reading.Listing listing -> String.join(",", listing.names());
                    case Reading.Inventory inventory ->
                        String.join(",", inventory.items().keySet());
                    case Reading.Principal principal -> "self";
                };
        };
    }
}
