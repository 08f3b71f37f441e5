package io.keyferry.store.vault;

import java.util.Optional;

/** A token that the user supplied: used as it is, never renewed or replaced. */
record TokenSession(String bearer) implements Session {
    @Override
    public Held token() {
        return new Held(bearer, false);
    }

    @Override
    public Optional<Held> instead(Held refused) {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "TokenSession(masked)";
    }
}
