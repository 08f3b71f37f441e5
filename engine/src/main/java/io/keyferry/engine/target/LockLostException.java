package io.keyferry.engine.target;

/** Somebody else wrote the place since it was observed. */
public final class LockLostException extends Exception {
    private static final long serialVersionUID = 1L;

    public LockLostException() {
        super("the target changed since it was observed", null, false, false);
    }
}
