package io.keyferry.engine.read;

import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Attempted;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks stores, and makes an answer of whatever happens. */
final class StoreCalls {
    @FunctionalInterface
    private interface Call {
        List<Answer> make() throws StoreException, InterruptedException;
    }

    private final Map<String, SecretStore> stores;
    private final Fingerprinter fingerprinter;
    private final ReadObserver observer;

    StoreCalls(Map<String, SecretStore> stores, Fingerprinter fingerprinter, ReadObserver observer) {
        this.stores = Map.copyOf(stores);
        this.fingerprinter = fingerprinter;
        this.observer = observer;
    }

    Optional<SecretStore> store(StoreAddress address) {
        return Optional.ofNullable(stores.get(address.kind()));
    }

    /** One answer for each reference, in their order. */
    List<Answer> ask(Access access, List<Reference> references) {
        return attempt(references.size(), () -> {
            SecretStore store = store(access.store()).orElseThrow(() -> new StoreException(unknown(access.store())));
            if (references.size() == 1) {
                return List.of(read(store.read(access, references.getFirst())));
            }
            return store.readAll(access, references).stream().map(this::answer).toList();
        });
    }

    private List<Answer> attempt(int count, Call call) {
        try {
            List<Answer> answers = call.make();
            if (answers.size() != count) {
                throw new IllegalStateException("asked for %d secrets, told of %d".formatted(count, answers.size()));
            }
            return answers;
        } catch (StoreException e) {
            return Collections.nCopies(count, new Answer.Failed(e.failure()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Collections.nCopies(count, failed(StoreFailure.Kind.UNAVAILABLE, "the operator is stopping"));
        } catch (RuntimeException e) {
            observer.unexpected(e);
            return Collections.nCopies(count, internal(e));
        } catch (Error e) {
            observer.unexpected(new IllegalStateException("a store broke down", e));
            return Collections.nCopies(count, internal(e));
        }
    }

    private Answer answer(Attempted attempted) {
        return switch (attempted) {
            case Attempted.Answered answered -> read(answered.reading());
            case Attempted.Refused refused -> new Answer.Failed(refused.failure());
        };
    }

    private Answer read(Reading reading) {
        return new Answer.Read(reading, Fingerprints.of(fingerprinter, reading));
    }

    private static Answer internal(Throwable cause) {
        return failed(
                StoreFailure.Kind.INVALID,
                "internal error while reading: " + cause.getClass().getSimpleName());
    }

    private static Answer failed(StoreFailure.Kind kind, String message) {
        return new Answer.Failed(new StoreFailure(kind, StoreFailure.Phase.READ, message));
    }

    private static StoreFailure unknown(StoreAddress address) {
        return new StoreFailure(
                StoreFailure.Kind.INVALID, StoreFailure.Phase.DISCOVER, "no store of kind " + address.kind());
    }
}
