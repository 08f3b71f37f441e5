package io.keyferry.testkit.vsecm;

import java.util.Optional;

/** What a Safe is like at the moment. */
final class SafeKnobs {
    private volatile boolean rootKey = true;
    private volatile boolean initialised;
    private volatile Optional<SafeAnswer> trouble = Optional.empty();

    boolean hasRootKey() {
        return rootKey;
    }

    void rootKey(boolean loaded) {
        rootKey = loaded;
    }

    boolean isInitialised() {
        return initialised;
    }

    void initialised(boolean done) {
        initialised = done;
    }

    Optional<SafeAnswer> trouble() {
        return trouble;
    }

    void trouble(Optional<SafeAnswer> answer) {
        trouble = answer;
    }
}
