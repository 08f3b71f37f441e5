package io.keyferry.store.vsecm;

/** An environment variable of the VSecM store does not hold what it should; the message names it. */
public final class VsecmConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    VsecmConfigException(String variable, String problem) {
        super(variable + ": " + problem);
    }
}
