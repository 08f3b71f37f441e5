package io.keyferry.dialect.vaultsecret;

import io.keyferry.gotext.GoQuote;

/** Two sources want one name. */
final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    private ConflictException(String message) {
        super(message, null, false, false);
    }

    static ConflictException taken(String name) {
        return new ConflictException("override detected: key " + GoQuote.quote(name) + " is already used");
    }

    static ConflictException notANode(Json value) {
        return new ConflictException("invalid type received, got: " + value.goType());
    }
}
