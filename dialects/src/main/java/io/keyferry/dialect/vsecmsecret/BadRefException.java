package io.keyferry.dialect.vsecmsecret;

/** A ref leads nowhere. The message says at which segment, and nothing of what is there. */
final class BadRefException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRefException(String message) {
        super(message, null, false, false);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
