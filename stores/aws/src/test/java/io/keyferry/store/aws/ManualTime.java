package io.keyferry.store.aws;

import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until it is moved. */
final class ManualTime implements TimeSource {
    private final AtomicLong nanos = new AtomicLong(1_000_000);

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanos.get());
    }

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
