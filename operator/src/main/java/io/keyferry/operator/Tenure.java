package io.keyferry.operator;

import io.keyferry.engine.target.WriteFence;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.lease.Election;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * How long this process may write, which is until the leases it holds should have been renewed. Others may take a lease
 * {@link Election#DURATION} after its last renewal; this one stops {@link Election#RENEW_DEADLINE} after it began to make that
 * renewal, so that what was sent just before has time to arrive.
 */
final class Tenure implements WriteFence {
    private final TimeSource time;
    private final Consumer<String> onExpiry;
    private final Map<String, Long> attempted = new ConcurrentHashMap<>();
    private final Map<String, Long> renewed = new ConcurrentHashMap<>();

    /** @param onExpiry is told the name of a lease that was not renewed in time; must not return */
    Tenure(TimeSource time, Consumer<String> onExpiry) {
        this.time = time;
        this.onExpiry = onExpiry;
    }

    /** This process holds a lease now. */
    void begin(String lease) {
        long _ = renewed.merge(lease, time.nanos(), (before, now) -> before);
    }

    /** A lease is about to be renewed, or taken. */
    void attempting(String lease) {
        attempted.put(lease, time.nanos());
    }

    /** The API server has taken the last attempt. */
    void succeeded(String lease) {
        Long since = attempted.get(lease);
        if (since != null) {
            renewed.put(lease, since);
        }
    }

    @Override
    public void check() {
        long now = time.nanos();
        renewed.forEach((lease, since) -> {
            if (now - since > Election.RENEW_DEADLINE.toNanos()) {
                onExpiry.accept(lease);
            }
        });
    }
}
