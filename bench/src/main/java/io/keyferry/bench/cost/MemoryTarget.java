package io.keyferry.bench.cost;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A place that remembers what was written. */
final class MemoryTarget implements Target {
    private final Fingerprinter fingerprinter;
    private volatile Map<String, SecretValue> data = Map.of();
    private volatile int writes;

    MemoryTarget(Fingerprinter fingerprinter) {
        this.fingerprinter = fingerprinter;
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.empty();
    }

    @Override
    public DataPolicy dataPolicy() {
        return DataPolicy.REPLACE;
    }

    @Override
    public Observed observe() {
        Map<String, Fingerprint> prints = new HashMap<>();
        data.forEach((name, value) -> prints.put(name, fingerprinter.of(value)));
        return new Observed(
                writes > 0, Optional.empty(), prints, Map.of(), Map.of(), Set.of(), Set.of(), "Opaque", null);
    }

    @Override
    public Observed observeFresh() {
        return observe();
    }

    @Override
    public synchronized void apply(Change change) {
        data = change.content().data();
        writes++;
    }

    int writes() {
        return writes;
    }

    boolean holds(String name, String value) {
        SecretValue held = data.get(name);
        return held != null && held.utf8().equals(value);
    }
}
