package io.keyferry.operator;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Batching;
import io.keyferry.engine.store.Following;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreException;
import java.util.function.Consumer;

/** A store whose answers are told by the words {@code found}, {@code missing}, and those of its failures. */
final class ObservedStore implements SecretStore {
    private final SecretStore store;
    private final Consumer<String> observer;

    ObservedStore(SecretStore store, Consumer<String> observer) {
        this.store = store;
        this.observer = observer;
    }

    @Override
    public String kind() {
        return store.kind();
    }

    @Override
    public Following following(Access access, Reference reference) {
        return store.following(access, reference);
    }

    @Override
    public Reference canonical(Access access, Reference reference) {
        return store.canonical(access, reference);
    }

    @Override
    public Batching batching() {
        return store.batching();
    }

    @Override
    public Reading read(Access access, Reference reference) throws StoreException, InterruptedException {
        try {
            Reading reading = store.read(access, reference);
            observer.accept(reading instanceof Reading.Absent ? "missing" : "found");
            return reading;
        } catch (StoreException e) {
            observer.accept(e.failure().reason());
            throw e;
        }
    }
}
