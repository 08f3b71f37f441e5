package io.keyferry.engine.read;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreException;
import java.util.List;

/** How a recipe reads. Everything asked for, answered or not, becomes a dependency of the recipe's sync. */
public interface SecretReader {
    /**
     * One reading.
     *
     * @throws StoreException if the store gave no answer
     */
    Reading read(Access access, Reference reference) throws StoreException, InterruptedException;

    /**
     * Several readings at once, in the order of {@code references}.
     *
     * @throws StoreException the first failure in that order, after all have ended
     */
    List<Reading> readAll(Access access, List<Reference> references) throws StoreException, InterruptedException;
}
