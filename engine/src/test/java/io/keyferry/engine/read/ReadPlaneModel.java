package io.keyferry.engine.read;

import static io.keyferry.engine.read.PlaneFixture.id;
import static io.keyferry.engine.read.PlaneFixture.key;
import static io.keyferry.engine.read.PlaneFixture.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.ReadPlaneModelTest.Step;
import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.testing.ManualTime;
import io.keyferry.engine.testing.ScriptedStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What the read plane promises, kept beside a real one in the plainest way: objects that run when they are edited or
 * woken, one at a time each, and remember what they were answered. A read tells what the secret was when it started.
 */
final class ReadPlaneModel implements SecretStore {
    static final int PATHS = 4;
    static final int OBJECTS = 6;
    private static final Duration LATENCY = Duration.ofMillis(40);
    private static final ReadPolicy POLICY = ReadPolicy.defaults();

    private static final class Thing {
        final SyncId id;
        List<Integer> paths = List.of();
        Duration refresh = Duration.ZERO;
        long editedAt;
        long askedAt;
        boolean alive;
        boolean again;
        boolean isSubscribing;
        final Map<Integer, CompletableFuture<Answer>> asked = new TreeMap<>();
        Map<Integer, String> told = Map.of();

        Thing(int number) {
            id = id("object-" + number);
        }

        boolean isRunning() {
            return !asked.isEmpty();
        }
    }

    /** When a read started, and how all secrets were then. */
    private record Start(long at, List<String> words) {}

    private record Read(long startedAt, String word) {}

    private final ManualTime time = new ManualTime();
    private final List<Thing> things = new ArrayList<>();
    private final String[] values = new String[PATHS];
    private final boolean[] broken = new boolean[PATHS];
    private final List<List<Read>> reads = new ArrayList<>();
    private final ArrayDeque<Start> starts = new ArrayDeque<>();
    private final ReadPlane plane;
    private boolean outage;
    private int lastPath;
    private boolean lastReadFoundNobody;
    private boolean everFoundNobody;
    private long lastFoundNobody;
    private long lastLetGo;
    private int wakeUps;

    ReadPlaneModel() {
        for (int i = 0; i < OBJECTS; i++) {
            things.add(new Thing(i));
        }
        for (int i = 0; i < PATHS; i++) {
            values[i] = "0";
            reads.add(new ArrayList<>());
        }
        lastLetGo = time.nanos();
        Executor executor = task -> {
            starts.add(new Start(time.nanos(), words()));
            var _ = time.after(LATENCY, task);
        };
        plane = new ReadPlane(
                Map.of("scripted", this),
                POLICY,
                StoreLimits.defaults(),
                Fingerprinter.random(),
                time,
                time,
                executor,
                new Random(3),
                this::woken,
                ReadObserver.none());
    }

    void happen(Step step) {
        switch (step) {
            case Step.Pass pass -> pass(pass.duration());
            case Step.Put put -> values[put.path()] = Integer.toString(put.value());
            case Step.Break fault -> broken[fault.path()] = true;
            case Step.Outage now -> outage = true;
            case Step.Heal now -> heal();
            case Step.Edit edit -> edit(edit);
            case Step.Delete delete -> delete(things.get(delete.object()));
        }
    }

    /** With nothing more happening: all are up to date soon, then at rest, and gone without a trace when deleted. */
    void finish() {
        heal();
        for (int second = 0; second < 140; second++) {
            pass(Duration.ofSeconds(1));
        }
        for (Thing thing : things) {
            assertThat(thing.isRunning() || thing.again)
                    .as("%s has its answers", thing.id)
                    .isFalse();
            thing.told.forEach((path, word) -> assertThat(word)
                    .as("%s has seen path %d as it is", thing.id, path)
                    .isEqualTo(values[path]));
        }
        expectRest();
        things.forEach(this::delete);
        pass(Duration.ofMinutes(5));
        assertThat(plane.watchedKeys()).isZero();
        assertThat(time.pending()).isZero();
    }

    private void expectRest() {
        int before = wakeUps;
        long from = time.nanos();
        for (int second = 0; second < 620; second++) {
            pass(Duration.ofSeconds(1));
        }
        for (int path = 0; path < PATHS; path++) {
            int number = path;
            Optional<Duration> period = things.stream()
                    .filter(thing -> thing.alive && thing.told.containsKey(number))
                    .map(thing -> thing.refresh)
                    .min(Comparator.naturalOrder());
            long until = from
                    + period.orElse(Duration.ofSeconds(60)).multipliedBy(10).toNanos();
            assertThat(reads.get(path).stream()
                            .filter(read -> read.startedAt() - from > 0 && read.startedAt() - until <= 0))
                    .as("reads of path %d in ten of its periods", path)
                    .hasSize(period.isPresent() ? 10 : 0);
        }
        assertThat(wakeUps).isEqualTo(before);
    }

    private void pass(Duration duration) {
        time.advance(duration);
        for (Thing thing : things) {
            if (thing.isRunning() && thing.asked.values().stream().allMatch(CompletableFuture::isDone)) {
                end(thing);
            }
            if (thing.alive && thing.again && !thing.isRunning()) {
                start(thing);
            }
        }
    }

    private void edit(Step.Edit edit) {
        Thing thing = things.get(edit.object());
        if (!thing.isRunning()) {
            thing.paths = edit.paths();
            thing.refresh = edit.refresh();
            thing.editedAt = time.nanos();
            thing.alive = true;
            start(thing);
        }
    }

    private void start(Thing thing) {
        thing.again = false;
        thing.askedAt = time.nanos();
        Trigger trigger = new Trigger(thing.editedAt, Priority.INTERACTIVE);
        thing.paths.forEach(path -> thing.asked.put(path, plane.request(thing.id, key(name(path)), trigger)));
    }

    private void end(Thing thing) {
        Map<ReadKey, Answer.State> seen = new HashMap<>();
        Map<Integer, String> told = new TreeMap<>();
        thing.asked.forEach((path, answer) -> {
            String word = word(answer);
            assertThat(isFresh(path, word, thing.editedAt))
                    .as("%s was told %s of path %d from after its edit", thing.id, word, path)
                    .isTrue();
            seen.put(key(name(path)), answer.resultNow().state());
            told.put(path, word);
        });
        thing.asked.clear();
        thing.told = told;
        if (thing.alive) {
            lastLetGo = time.nanos();
            thing.isSubscribing = true;
            plane.subscribe(thing.id, seen, Optional.of(thing.refresh));
            thing.isSubscribing = false;
        } else {
            delete(thing);
        }
    }

    private boolean isFresh(int path, String word, long editedAt) {
        return reads.get(path).stream()
                        .anyMatch(read ->
                                read.startedAt() - editedAt >= 0 && read.word().equals(word))
                || (everFoundNobody && word.equals("UNAVAILABLE"));
    }

    /** An object that is being run is deleted when the run is over. */
    private void delete(Thing thing) {
        thing.alive = false;
        thing.again = false;
        if (!thing.isRunning()) {
            lastLetGo = time.nanos();
            thing.told = Map.of();
            plane.unsubscribe(thing.id);
        }
    }

    private void woken(Collection<SyncId> ids) {
        wakeUps += ids.size();
        for (Thing thing : things) {
            if (ids.contains(thing.id) && thing.alive) {
                thing.again = true;
                if (!thing.isRunning()) {
                    assertThat(thing.told.entrySet())
                            .as("%s was woken because something changed", thing.id)
                            .anyMatch(told ->
                                    mayBeUnreachable(thing) || !told.getValue().equals(last(told.getKey())));
                    if (lastReadFoundNobody || thing.isSubscribing) {
                        thing.told.replaceAll((path, word) -> "not known here");
                    } else {
                        thing.told.replace(lastPath, last(lastPath));
                    }
                }
            }
        }
    }

    /** Keys of a store that does not answer fail without a read; by when an object subscribes, others may have read since. */
    private boolean mayBeUnreachable(Thing thing) {
        boolean foundNobodySince = everFoundNobody && lastFoundNobody - thing.askedAt >= 0;
        return lastReadFoundNobody
                || (thing.isSubscribing && (foundNobodySince || thing.told.containsValue("UNAVAILABLE")));
    }

    @Override
    public String kind() {
        return "scripted";
    }

    @Override
    public Reading read(Access access, Reference reference) throws StoreException {
        int path = Integer.parseInt(reference.path());
        Start start = starts.remove();
        List<Read> before = reads.get(path);
        if (!before.isEmpty()) {
            long since = start.at() - before.getLast().startedAt();
            assertThat(since).as("one read of a key at a time").isGreaterThanOrEqualTo(LATENCY.toNanos());
            if (lastLetGo - before.getLast().startedAt() < 0) {
                assertThat(since)
                        .as("coalesced")
                        .isGreaterThanOrEqualTo(POLICY.coalesce().toNanos());
            }
        }
        String word = start.words().get(path);
        before.add(new Read(start.at(), word));
        lastPath = path;
        lastReadFoundNobody = word.equals("UNAVAILABLE");
        if (lastReadFoundNobody) {
            everFoundNobody = true;
            lastFoundNobody = start.at();
        }
        return switch (word) {
            case "UNAVAILABLE" -> throw new StoreException(ScriptedStore.unavailable());
            case "DENIED" -> throw new StoreException(ScriptedStore.denied());
            default -> new Reading.Found(SecretValue.utf8(word), Map.of());
        };
    }

    private String last(int path) {
        List<Read> all = reads.get(path);
        return all.isEmpty() ? "never read" : all.getLast().word();
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        for (int path = 0; path < PATHS; path++) {
            words.add(outage ? "UNAVAILABLE" : broken[path] ? "DENIED" : values[path]);
        }
        return words;
    }

    private void heal() {
        outage = false;
        Arrays.fill(broken, false);
    }

    private static String name(int path) {
        return Integer.toString(path);
    }
}
