package io.keyferry.engine.store;

/** A store gave no answer. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient StoreFailure failure;

    public StoreException(StoreFailure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    public StoreFailure failure() {
        return failure;
    }
}
