package io.keyferry.bench.cost;

import io.keyferry.engine.Engine;
import io.keyferry.engine.Outcome;
import io.keyferry.engine.Recipe;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.Refresh;
import io.keyferry.engine.Sync;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.ReadObserver;
import io.keyferry.engine.read.ReadPlane;
import io.keyferry.engine.read.ReadPolicy;
import io.keyferry.engine.read.StoreLimits;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.read.Trigger;
import io.keyferry.engine.read.Trigger.Priority;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.target.Differ;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The engine at work for some days, all of its objects reading as one role. */
final class CostSimulation {
    /** How long a call of AWS takes. */
    private static final Duration LATENCY = Duration.ofMillis(50);

    private static final Access READER =
            new Access(CountedAws.ADDRESS, new Identity.Role("arn:aws:iam::123456789012:role/reader"));

    private final CostOptions options;
    private final SimulatedTime time = new SimulatedTime();
    private final Random random = new Random(1);
    private final Fingerprinter fingerprinter = Fingerprinter.random();
    private final CountedAws aws;
    private final Engine engine;
    private final Map<SyncId, Sync> syncs = new HashMap<>();
    private final List<MemoryTarget> targets = new ArrayList<>();
    private final Set<SyncId> running = new HashSet<>();
    private final Set<SyncId> again = new HashSet<>();

    CostSimulation(CostOptions options) {
        this.options = options;
        this.aws = new CountedAws(options.secrets());
        ReadPlane reads = new ReadPlane(
                Map.of(CountedAws.KIND, aws),
                ReadPolicy.defaults(),
                StoreLimits.defaults(),
                fingerprinter,
                time,
                time,
                task -> time.after(LATENCY, task),
                random,
                this::wake,
                ReadObserver.none());
        this.engine = new Engine(reads, time, new Differ(fingerprinter), time, (dialect, delay) -> {});
        for (int i = 0; i < options.objects(); i++) {
            MemoryTarget target = new MemoryTarget(fingerprinter);
            targets.add(target);
            SyncId id = new SyncId("syncedsecret", "default", "object-" + i);
            Refresh refresh =
                    new Refresh(Optional.of(Duration.ofSeconds(options.poll())), Optional.empty(), Optional.empty());
            syncs.put(id, new Sync(id, recipe(i), target, change -> Optional.empty(), refresh));
        }
    }

    private Recipe recipe(int object) {
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < CostOptions.REFERENCES; i++) {
            String name = CountedAws.name(options.secret(object, i));
            references.add(Reference.secret(options.arns() ? CountedAws.arn(name) : name));
        }
        return reader -> {
            Map<String, SecretValue> data = new HashMap<>();
            try {
                List<Reading> readings = reader.readAll(READER, references);
                for (int i = 0; i < readings.size(); i++) {
                    data.put("k" + i, ((Reading.Found) readings.get(i)).value());
                }
            } catch (StoreException e) {
                throw RecipeException.source(
                        new Problem("ReadFailed", e.failure().message()), e);
            }
            return new SecretContent(data, Map.of(), Map.of(), "Opaque", false, List.of());
        };
    }

    private void wake(Collection<SyncId> ids) {
        ids.forEach(this::run);
    }

    private void run(SyncId id) {
        if (begins(id)) {
            time.start(() -> runs(id));
        }
    }

    private void runs(SyncId id) {
        try {
            do {
                Outcome _ = engine.run(Objects.requireNonNull(syncs.get(id)), new Trigger(0, Priority.REFRESH));
            } while (!ends(id));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs of one object never overlap: one that is asked for meanwhile follows. */
    private synchronized boolean begins(SyncId id) {
        if (running.add(id)) {
            return true;
        }
        again.add(id);
        return false;
    }

    private synchronized boolean ends(SyncId id) {
        return !again.remove(id) && running.remove(id);
    }

    /** What all days cost, the start among them. */
    Result run() throws InterruptedException {
        Reading _ = aws.read(READER, Reference.listing(""));
        syncs.keySet().forEach(this::run);
        time.advance(Duration.ofMinutes(1));
        Calls start = aws.calls();
        Duration rest = options.length().minusMinutes(1);
        long[] changes = random.longs((long) options.days() * options.changesPerDay(), 0, rest.toNanos())
                .sorted()
                .toArray();
        Arrays.stream(changes)
                .forEach(at -> time.after(Duration.ofNanos(at), () -> aws.change(random.nextInt(options.secrets()))));
        time.advance(rest);
        Calls all = aws.calls();
        time.advance(Duration.ofSeconds(2L * options.poll()));
        return new Result(
                start, all, targets.stream().mapToLong(MemoryTarget::writes).sum(), outdated());
    }

    private int outdated() {
        int outdated = 0;
        for (int object = 0; object < options.objects(); object++) {
            for (int i = 0; i < CostOptions.REFERENCES; i++) {
                outdated += targets.get(object).holds("k" + i, aws.current(options.secret(object, i))) ? 0 : 1;
            }
        }
        return outdated;
    }

    /**
     * What came of it.
     *
     * @param start calls until all objects were synced for the first time
     * @param all calls of all days
     * @param writes how often a Secret was written
     * @param outdated entries that do not hold what AWS holds two polls after the end: none, if all is well
     */
    record Result(Calls start, Calls all, long writes, int outdated) {}
}
