package io.keyferry.engine.read;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads for one run of one sync and remembers what came of it. Whatever is read twice in a run is answered the same
 * twice, so that content is never made of two states of one secret. For one thread.
 */
public final class RecordingReader implements SecretReader {
    private final ReadPlane plane;
    private final Blocking blocking;
    private final SyncId id;
    private final Trigger trigger;
    private final Map<ReadKey, CompletableFuture<Answer>> requests = new HashMap<>();
    private final Map<ReadKey, Answer.State> seen = new HashMap<>();

    public RecordingReader(ReadPlane plane, Blocking blocking, SyncId id, Trigger trigger) {
        this.plane = plane;
        this.blocking = blocking;
        this.id = id;
        this.trigger = trigger;
    }

    @Override
    public Reading read(Access access, Reference reference) throws StoreException, InterruptedException {
        return readAll(access, List.of(reference)).getFirst();
    }

    @Override
    public List<Reading> readAll(Access access, List<Reference> references)
            throws StoreException, InterruptedException {
        List<ReadKey> keys = references.stream()
                .map(reference -> plane.key(access, reference))
                .toList();
        List<CompletableFuture<Answer>> asked = new ArrayList<>(references.size());
        for (ReadKey key : keys) {
            asked.add(requests.computeIfAbsent(key, k -> plane.request(id, k, trigger)));
        }
        List<Reading> readings = new ArrayList<>(references.size());
        StoreException failure = null;
        for (int i = 0; i < references.size(); i++) {
            Answer answer = await(asked.get(i));
            seen.put(keys.get(i), answer.state());
            switch (answer) {
                case Answer.Read read -> readings.add(read.reading());
                case Answer.Failed failed -> failure = first(failure, failed);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return readings;
    }

    /** How many distinct keys were read. */
    public int keys() {
        return seen.size();
    }

    /** Makes what was read so far the sync's dependencies, in place of those of the run before. */
    public void subscribe(Optional<Duration> refresh) {
        plane.subscribe(id, seen, refresh);
    }

    private Answer await(CompletableFuture<Answer> answer) throws InterruptedException {
        try {
            return answer.isDone() ? answer.get() : blocking.await(answer);
        } catch (CancellationException e) {
            throw (InterruptedException) new InterruptedException("the operator is stopping").initCause(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the read plane answers with failures, it does not throw them", e);
        }
    }

    private static StoreException first(@Nullable StoreException failure, Answer.Failed failed) {
        return failure != null ? failure : new StoreException(failed.failure());
    }
}
