package io.keyferry.engine.read;

import io.keyferry.engine.store.StoreFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told what the read plane does, for metrics. Called by many threads; must not block. */
public interface ReadObserver {
    /**
     * A store answered or failed.
     *
     * @param store the store's kind
     * @param failure null if it answered
     */
    void read(String store, StoreFailure.@Nullable Kind failure, Duration duration);

    /** An object was served without a read of its own. */
    void shared(String store);

    /** A read waited this long for its store's budget. */
    void waited(String store, Duration duration);

    /** This many objects were woken because something they read changed. */
    void woken(int objects);

    /** A store broke its contract. */
    void unexpected(RuntimeException failure);

    /** An observer that does nothing. */
    static ReadObserver none() {
        return new ReadObserver() {
            @Override
            public void read(String store, StoreFailure.@Nullable Kind failure, Duration duration) {}

            @Override
            public void shared(String store) {}

            @Override
            public void waited(String store, Duration duration) {}

            @Override
            public void woken(int objects) {}

            @Override
            public void unexpected(RuntimeException failure) {}
        };
    }
}
