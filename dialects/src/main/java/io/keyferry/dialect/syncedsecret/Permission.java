package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.store.Identity;

/** As whom an object may read, and what. */
interface Permission {
    /** As whom. */
    Identity identity();

    /**
     * Whether a secret may be read.
     *
     * @throws RecipeException if not, or if it cannot be told
     */
    void check(String id) throws RecipeException, InterruptedException;
}
