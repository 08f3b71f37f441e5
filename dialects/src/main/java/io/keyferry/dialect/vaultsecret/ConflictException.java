package io.keyferry.dialect.vaultsecret;

import io.keyferry.gotext.GoQuote;

/** Sources cannot be merged into one tree: two of them want one name, or one is too deep. */
final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    private ConflictException(String message) {
        super(message, null, false, false);
    }

    static ConflictException taken(String name) {
        return new ConflictException("override detected: key " + GoQuote.quote(name) + " is already used");
    }

    static ConflictException tooDeep(int most) {
        return new ConflictException("prefix and path have more than " + most + " segments");
    }

    static ConflictException notANode(Json value) {
        return new ConflictException("invalid type received, got: " + value.goType());
    }
}
