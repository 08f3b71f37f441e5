package io.keyferry.engine.testing;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Following;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store in memory that answers at once, fails as told and remembers what it was asked. */
public final class ScriptedStore implements SecretStore {
    private static final Map<String, String> NONE = Map.of();

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, StoreFailure> failures = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean announcing;
    private Duration reuse = Duration.ZERO;
    private @Nullable StoreFailure outage;
    private @Nullable RuntimeException bug;
    private @Nullable Error breakdown;

    @Override
    public String kind() {
        return "scripted";
    }

    @Override
    public synchronized Following following(Access access, Reference reference) {
        return announcing ? new Following.Announced() : new Following.Polled(false, reuse);
    }

    /** From now on answers may be this old for whoever asks. */
    public synchronized void reuse(Duration age) {
        reuse = age;
    }

    /** From now on changes are announced. */
    public synchronized void announce() {
        announcing = true;
    }

    @Override
    public synchronized Reading read(Access access, Reference reference) throws StoreException {
        String path = reference.path();
        asked.add(path);
        if (bug != null) {
            throw bug;
        }
        if (breakdown != null) {
            throw breakdown;
        }
        StoreFailure failure = outage != null ? outage : failures.get(path);
        if (failure != null) {
            throw new StoreException(failure);
        }
        if (reference.kind() == Reference.Kind.LISTING) {
            return new Reading.Listing(values.keySet().stream().sorted().toList(), NONE);
        }
        return Optional.ofNullable(values.get(path))
                .<Reading>map(value -> new Reading.Found(SecretValue.utf8(value), NONE))
                .orElseGet(() -> new Reading.Absent(Reading.Absent.Cause.MISSING, NONE));
    }

    public synchronized void put(String path, String value) {
        values.put(path, value);
    }

    public synchronized void remove(String path) {
        values.remove(path);
    }

    /** Every read of {@code path} fails from now on. */
    public synchronized void fail(String path, StoreFailure failure) {
        failures.put(path, failure);
    }

    /** Every read fails from now on. */
    public synchronized void fail(StoreFailure failure) {
        outage = failure;
    }

    /** Every read throws what a store must not throw. */
    public synchronized void misbehave(RuntimeException thrown) {
        bug = thrown;
    }

    /** Every read ends in an error of the virtual machine. */
    public synchronized void misbehave(Error thrown) {
        breakdown = thrown;
    }

    /** All is well again. */
    public synchronized void heal() {
        outage = null;
        bug = null;
        breakdown = null;
        failures.clear();
    }

    /** How often it was asked for {@code path}. */
    public synchronized long reads(String path) {
        return asked.stream().filter(path::equals).count();
    }

    /** The paths it was asked for, in order. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    public static StoreFailure unavailable() {
        return new StoreFailure(StoreFailure.Kind.UNAVAILABLE, StoreFailure.Phase.READ, "connection refused");
    }

    public static StoreFailure denied() {
        return new StoreFailure(StoreFailure.Kind.DENIED, StoreFailure.Phase.READ, "permission denied");
    }
}
