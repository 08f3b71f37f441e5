package io.keyferry.store.vsecm.spiffe;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import io.keyferry.store.vsecm.spiffe.SpiffeException.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one stream to the agent, come what may. It is begun anew when it ends, however it ends; when nothing came in {@link
 * #FIRST_MESSAGE}; and when the SVID is past the middle of its life without an update, since a stream may be dead without
 * having ended. Whoever asks while there is no SVID has it tried at once, though not more than once in {@link #FIRST_PAUSE}.
 *
 * <p>An SVID is used until it expires, unless the agent says that there is none for this process any more.
 */
final class WorkloadApiSource implements X509Source {
    static final Duration FIRST_MESSAGE = Duration.ofSeconds(10);
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Between two looks at an SVID that is not renewed. */
    private static final Duration SHORTEST_WATCH = Duration.ofSeconds(5);

    private final SvidStream streams;
    private final CurrentIdentity identity;
    private final TimeSource time;
    private final Timers timers;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Ear ear;
    private Timers.Timer timer = () -> {};
    private Duration pause = FIRST_PAUSE;
    private String problem = "the agent has not answered yet";
    private long failures;
    private long openedAt;
    private boolean started;
    private boolean closed;

    WorkloadApiSource(SvidStream streams, CurrentIdentity identity, TimeSource time, Timers timers) {
        this.streams = streams;
        this.identity = identity;
        this.time = time;
        this.timers = timers;
    }

    @Override
    public void start() {
        lock.lock();
        try {
            if (!started && !closed) {
                started = true;
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public X509Context current(Duration patience) throws SpiffeException, InterruptedException {
        Optional<X509Context> valid = identity.valid();
        if (valid.isPresent()) {
            return valid.get();
        }
        lock.lockInterruptibly();
        try {
            long before = failures;
            start();
            tryAtOnce();
            long left = patience.toNanos();
            while (left > 0 && ear != null && failures == before && !closed) {
                valid = identity.valid();
                if (valid.isPresent()) {
                    return valid.get();
                }
                left = changed.awaitNanos(left);
            }
            return identity.valid().orElseThrow(this::unavailable);
        } finally {
            lock.unlock();
        }
    }

    private SpiffeException unavailable() {
        String expired = identity.held().isPresent() ? "the SVID is not valid now, and " : "";
        return new SpiffeException(Fault.IDENTITY_UNAVAILABLE, expired + problem);
    }

    private void tryAtOnce() {
        boolean waiting = ear == null || identity.held().isPresent();
        if (waiting && !closed && time.nanos() - openedAt >= FIRST_PAUSE.toNanos()) {
            open();
        }
    }

    private void open() {
        timer.cancel();
        Ear former = ear;
        // Cancelling may end it on this very thread; it is not heard then.
        ear = null;
        if (former != null) {
            former.cancel();
        }
        openedAt = time.nanos();
        Ear next = new Ear();
        ear = next;
        timer = timers.after(FIRST_MESSAGE, () -> rebuild(next, "the agent does not answer"));
        next.listen();
    }

    private void rebuild(Ear of, String reason) {
        lock.lock();
        try {
            if (ear == of && !closed) {
                problem = reason;
                failures++;
                changed.signalAll();
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    private void received(Ear from, X509Context context) {
        lock.lock();
        try {
            if (ear != from || closed) {
                return;
            }
            pause = FIRST_PAUSE;
            problem = "the agent has not renewed it";
            identity.set(context);
            if (!context.isValid(time.now())) {
                failures++; // Who waits for a valid one need not wait for this stream any longer.
            }
            timer.cancel();
            timer = timers.after(untilStale(context), () -> rebuild(from, problem));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A little after the middle of its life, when agents renew it; then at half of what is left. */
    private Duration untilStale(X509Context context) {
        Instant now = time.now();
        Instant stale =
                context.notBefore().plus(context.lifetime().multipliedBy(11).dividedBy(20));
        Duration wait = stale.isAfter(now)
                ? Duration.between(now, stale)
                : Duration.between(now, context.notAfter()).dividedBy(2);
        return wait.compareTo(SHORTEST_WATCH) < 0 ? SHORTEST_WATCH : wait;
    }

    private void ended(Ear from, StreamEnd end) {
        lock.lock();
        try {
            if (ear != from || closed) {
                return;
            }
            ear = null;
            failures++;
            problem = end.words();
            if (end.kind() == StreamEnd.Kind.DENIED) {
                identity.drop();
            }
            timer.cancel();
            timer = timers.after(pause, this::reopen);
            pause = longer(pause);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private void reopen() {
        lock.lock();
        try {
            if (ear == null && !closed) {
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            problem = "the operator is stopping";
            timer.cancel();
            if (ear != null) {
                ear.cancel();
                ear = null;
            }
            identity.drop();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        streams.close();
    }

    /** Listens to one stream; what a stream tells after another took its place is not heard. */
    private final class Ear implements SvidStream.Listener {
        private SvidStream.Running running = () -> {};

        void listen() {
            running = streams.open(this);
        }

        void cancel() {
            running.cancel();
        }

        @Override
        public void received(X509Context context) {
            WorkloadApiSource.this.received(this, context);
        }

        @Override
        public void ended(StreamEnd end) {
            WorkloadApiSource.this.ended(this, end);
        }
    }
}
