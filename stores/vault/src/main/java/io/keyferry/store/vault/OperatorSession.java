package io.keyferry.store.vault;

import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own session: one token from a login, renewed at two thirds of its lease and replaced by a new login once
 * its maximal life cuts renewals short. Whoever asks while a login is under way shares its outcome.
 */
final class OperatorSession implements Session, AutoCloseable {
    /** The shortest time between two logins made because Vault refused something to a token that lives. */
    private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Endpoint endpoint;
    private final OperatorLogin how;
    private final VaultClient client;
    private final Login login;
    private final TimeSource time;
    private final Timers timers;
    private final Executor executor;
    private final VaultObserver observer;
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Lease lease;
    private long firstLifeNanos;
    private @Nullable StoreException failure;
    private long failedNanos;
    private @Nullable Long refusedNanos;
    private Timers.@Nullable Timer renewal;
    private volatile boolean closed;

    /** @param executor runs renewals, which block */
    OperatorSession(
            Endpoint endpoint,
            OperatorLogin how,
            VaultClient client,
            Login login,
            TimeSource time,
            Timers timers,
            Executor executor,
            VaultObserver observer) {
        this.endpoint = endpoint;
        this.how = how;
        this.client = client;
        this.login = login;
        this.time = time;
        this.timers = timers;
        this.executor = executor;
        this.observer = observer;
    }

    @Override
    public Held token() throws StoreException, InterruptedException {
        long asked = time.nanos();
        lock.lockInterruptibly();
        try {
            Lease held = lease;
            if (held != null && !isDue(held)) {
                return new Held(held.token(), false);
            }
            Optional<Lease> renewed = held == null ? Optional.empty() : renewed(held);
            if (renewed.isPresent()) {
                keep(renewed.get());
                return new Held(renewed.get().token(), false);
            }
            return loggedIn(held, asked);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Held> instead(Held refused) throws StoreException, InterruptedException {
        if (refused.brandNew()) {
            return Optional.empty();
        }
        long asked = time.nanos();
        lock.lockInterruptibly();
        try {
            Lease held = lease;
            if (held != null && !held.token().equals(refused.token())) {
                return Optional.of(new Held(held.token(), false));
            }
            boolean recently = refusedNanos != null && asked - refusedNanos < BETWEEN_REFUSALS.toNanos();
            if (recently && held != null && isTaken(held)) {
                return Optional.empty();
            }
            refusedNanos = asked;
            lease = null;
            return Optional.of(loggedIn(null, asked));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        Timers.Timer planned = renewal;
        if (planned != null) {
            planned.cancel();
        }
    }

    /** Two thirds of a lease are for use, the last third for finding another one. */
    private boolean isDue(Lease held) {
        return held.lifeNanos() != Long.MAX_VALUE && time.nanos() - held.startNanos() >= held.lifeNanos() / 3 * 2;
    }

    /** Near a token's maximal life renewals bring less and less; that is when to log in. */
    private Optional<Lease> renewed(Lease held) throws InterruptedException {
        return held.renewable() && held.isAlive(time.nanos())
                ? login.renew(endpoint, held).filter(next -> next.lifeNanos() >= firstLifeNanos / 2)
                : Optional.empty();
    }

    /** Whether Vault still knows the token: a refusal then is due to its policies. */
    private boolean isTaken(Lease held) throws InterruptedException {
        try {
            return client.get(endpoint, held.token(), "auth/token/lookup-self", "")
                    .isSuccess();
        } catch (VaultError e) {
            return !e.isForbidden();
        }
    }

    private Held loggedIn(@Nullable Lease old, long asked) throws StoreException, InterruptedException {
        if (failure == null || failedNanos - asked < 0) {
            try {
                Lease fresh = login();
                failure = null;
                firstLifeNanos = fresh.lifeNanos();
                keep(fresh);
                observer.loggedIn(true);
                return new Held(fresh.token(), true);
            } catch (StoreException e) {
                failure = e;
                failedNanos = time.nanos();
                observer.loggedIn(false);
            }
        }
        StoreException reason = Objects.requireNonNull(failure);
        Kind kind = reason.failure().kind();
        if (old != null && old.isAlive(time.nanos()) && (kind == Kind.UNAVAILABLE || kind == Kind.THROTTLED)) {
            return new Held(old.token(), false);
        }
        throw reason;
    }

    private Lease login() throws StoreException, InterruptedException {
        String jwt = jwt();
        long start = time.nanos();
        try {
            return Login.lease(
                    client.put(endpoint, "", ApiPath.join(how.path()), Login.request(how.role(), jwt), jwt), start);
        } catch (VaultError e) {
            String what = e.status() == 0 && e.kind() == Kind.INVALID ? "authentication response was empty: " : "";
            throw e.prefixed("failed to authenticate: " + what).at(Phase.AUTHENTICATE);
        }
    }

    private String jwt() throws StoreException {
        try {
            return Files.readString(how.tokenFile(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StoreException(new StoreFailure(
                    Kind.INVALID,
                    Phase.AUTHENTICATE,
                    "failed to read service account token: %s: %s"
                            .formatted(how.tokenFile(), e.getClass().getSimpleName())));
        }
    }

    private void keep(Lease next) {
        lease = next;
        if (next.lifeNanos() != Long.MAX_VALUE) {
            plan(Duration.ofNanos(next.startNanos() + next.lifeNanos() / 3 * 2 - time.nanos()));
        }
    }

    private void plan(Duration wait) {
        Timers.Timer planned = renewal;
        if (planned != null) {
            planned.cancel();
        }
        if (!closed) {
            renewal = timers.after(wait.isNegative() ? Duration.ZERO : wait, () -> executor.execute(this::renewInTime));
        }
    }

    private void renewInTime() {
        try {
            Held _ = token();
        } catch (StoreException e) {
            lock.lock();
            try {
                plan(RETRY);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
