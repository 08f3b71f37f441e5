package io.keyferry.dialect.vaultsync;

/** Text is no JSON, or not of the type that is wanted; the message is Go's. */
final class GoJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    GoJsonException(String message) {
        super(message, null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
