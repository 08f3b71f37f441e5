package io.keyferry.store.vsecm.spiffe;

import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The SVID of this process, and who wants to know when it becomes another. */
final class CurrentIdentity {
    private final TimeSource time;
    private final List<Consumer<SvidState>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable X509Context context;
    private volatile boolean everSeen;

    CurrentIdentity(TimeSource time) {
        this.time = time;
    }

    /** The SVID, if there is one that is valid now. */
    Optional<X509Context> valid() {
        return held().filter(held -> held.isValid(time.now()));
    }

    /** The SVID, expired or not. */
    Optional<X509Context> held() {
        return Optional.ofNullable(context);
    }

    synchronized void set(X509Context next) {
        X509Context before = context;
        context = next;
        everSeen = true;
        if (before == null || !before.isSameSvid(next)) {
            tell();
        }
    }

    /** From now on there is none. */
    synchronized void drop() {
        if (context != null) {
            context = null;
            tell();
        }
    }

    void listen(Consumer<SvidState> listener) {
        listeners.add(listener);
    }

    SvidState state() {
        Instant now = time.now();
        return new SvidState(everSeen, held().map(held -> {
            Duration left = Duration.between(now, held.notAfter());
            return new SvidState.Svid(
                    held.id(), held.serial(), left.isNegative() ? Duration.ZERO : left, held.lifetime());
        }));
    }

    private void tell() {
        SvidState state = state();
        listeners.forEach(listener -> listener.accept(state));
    }
}
