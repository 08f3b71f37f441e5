package io.keyferry.store.vault;

import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A ServiceAccount's session: a token from a login, used until shortly before it expires. At most one login is under
 * way at a time; all who need the token meanwhile wait for it and share its outcome.
 *
 * <p>Near expiry a full new login is made, as in the original, rather than a renewal: only a login checks that the
 * ServiceAccount still exists and picks up the role's present policies. Renewal is for the case that no login can be
 * made because the API server or Vault's login does not answer: it keeps a token alive that would otherwise run out.
 */
final class LoginSession implements Session {
    /** For so long a failed login stands for all who ask. */
    static final Duration FAILURE_STANDS = Duration.ofSeconds(1);
    /** The shortest time between two logins made because Vault refused something. */
    static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final Identity.ServiceAccount account;
    private final Login login;
    private final Duration refreshBefore;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Lease lease;
    private @Nullable StoreException failure;
    private long failedNanos;
    private @Nullable Long refusedNanos;

    LoginSession(
            Endpoint endpoint, Identity.ServiceAccount account, Login login, Duration refreshBefore, TimeSource time) {
        this.endpoint = endpoint;
        this.account = account;
        this.login = login;
        this.refreshBefore = refreshBefore;
        this.time = time;
    }

    @Override
    public Held token() throws StoreException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Lease held = lease;
            if (held != null && held.isFresh(time.nanos(), refreshBefore)) {
                return new Held(held.token(), false);
            }
            return loggedIn(held);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Held> instead(Held refused) throws StoreException, InterruptedException {
        if (refused.brandNew()) {
            return Optional.empty();
        }
        lock.lockInterruptibly();
        try {
            if (lease != null && !lease.token().equals(refused.token())) {
                return Optional.of(new Held(lease.token(), false));
            }
            long now = time.nanos();
            if (refusedNanos != null && now - refusedNanos < BETWEEN_REFUSALS.toNanos()) {
                return Optional.empty();
            }
            refusedNanos = now;
            lease = null;
            return Optional.of(loggedIn(null));
        } finally {
            lock.unlock();
        }
    }

    /** Logs in; {@code old} is what to fall back on if nobody answers. */
    private Held loggedIn(@Nullable Lease old) throws StoreException, InterruptedException {
        boolean recent = failure != null && time.nanos() - failedNanos < FAILURE_STANDS.toNanos();
        if (!recent) {
            try {
                Lease fresh = login.login(endpoint, account);
                lease = fresh;
                failure = null;
                return new Held(fresh.token(), true);
            } catch (StoreException e) {
                failure = e;
                failedNanos = time.nanos();
            }
        }
        return fallback(old, recent);
    }

    private Held fallback(@Nullable Lease old, boolean renewalTried) throws StoreException, InterruptedException {
        StoreException reason = Objects.requireNonNull(failure);
        Kind kind = reason.failure().kind();
        boolean passing = kind == Kind.UNAVAILABLE || kind == Kind.THROTTLED;
        if (old == null || !passing || !old.isAlive(time.nanos())) {
            throw reason;
        }
        if (old.renewable() && !renewalTried) {
            lease = login.renew(endpoint, old).orElse(old);
        }
        return new Held(old.token(), false);
    }
}
