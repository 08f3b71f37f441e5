package io.keyferry.store.aws;

import io.keyferry.engine.store.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes down what an event queue tells. */
final class Recorder implements SecretEventListener {
    private final List<Set<String>> changes = new ArrayList<>();
    private final List<Heard> messages = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();

    @Override
    public synchronized void changed(SecretChange change) {
        changes.add(change.ids());
    }

    @Override
    public synchronized void heard(Heard message) {
        messages.add(message);
    }

    @Override
    public synchronized void failed(StoreFailure failure) {
        conditions.add(failure.message());
    }

    @Override
    public synchronized void recovered() {
        conditions.add("recovered");
    }

    synchronized List<Set<String>> changes() {
        return List.copyOf(changes);
    }

    synchronized List<Heard> messages() {
        return List.copyOf(messages);
    }

    synchronized List<String> conditions() {
        return List.copyOf(conditions);
    }
}
