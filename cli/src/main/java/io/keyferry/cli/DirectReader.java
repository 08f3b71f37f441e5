package io.keyferry.cli;

import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads a store once for each question, a bounded number at a time. */
final class DirectReader implements SecretReader {
    private static final int AT_ONCE = 20;

    private final SecretStore store;

    DirectReader(SecretStore store) {
        this.store = store;
    }

    @Override
    public Reading read(Access access, Reference reference) throws StoreException, InterruptedException {
        return store.read(access, reference);
    }

    @Override
    public List<Reading> readAll(Access access, List<Reference> references)
            throws StoreException, InterruptedException {
        List<Callable<Reading>> questions = new ArrayList<>();
        references.forEach(reference -> questions.add(() -> store.read(access, reference)));
        List<Reading> readings = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (Future<Reading> answer : threads.invokeAll(questions)) {
                readings.add(answer.get());
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StoreException failure -> throw failure;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw new IllegalStateException(e);
            }
        }
        return readings;
    }
}
