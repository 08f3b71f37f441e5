package io.keyferry.store.vault;

import io.keyferry.engine.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/**
 * The mounts one identity has met at one Vault.
 *
 * <p>Vault refuses to mount an engine above or below another one, so at any time at most one mount covers a path, and
 * what was learnt from one path holds for all others under its mount. It can only be wrong because mounts have changed
 * since. Entries therefore expire, and {@link #anew} asks again when an answer makes one doubtful.
 */
final class MountTable {
    static final Duration LIFE = Duration.ofMinutes(5);
    private static final int MOST = 1000;

    private final ConcurrentMap<String, Mount> mounts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Mount>> probes = new ConcurrentHashMap<>();

    /** Asks the server which mount covers a path. */
    @FunctionalInterface
    interface Probe {
        Mount of(String cleanPath) throws VaultError, StoreException, InterruptedException;
    }

    /** The mount of a path: the known one, or else the server's answer. */
    Mount of(String cleanPath, long nowNanos, Probe probe) throws VaultError, StoreException, InterruptedException {
        Optional<Mount> known = known(cleanPath, nowNanos);
        return known.isPresent() ? known.get() : ask(cleanPath, nowNanos, probe);
    }

    /** The mount of a path according to an answer younger than {@code doubted}. */
    Mount anew(String cleanPath, Mount doubted, long nowNanos, Probe probe)
            throws VaultError, StoreException, InterruptedException {
        forget(doubted);
        return of(cleanPath, nowNanos, probe);
    }

    /** Forgets the mount at a path, so that the next path below it is asked for. */
    void forget(String path) {
        mounts.remove(path);
    }

    /** Forgets a mount, so that the next path below it is asked for. */
    void forget(Mount mount) {
        mounts.remove(mount.path(), mount);
    }

    private Optional<Mount> known(String cleanPath, long nowNanos) {
        String path = cleanPath + "/";
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 2) + 1) {
            Mount mount = mounts.get(path.substring(0, end));
            if (mount != null && nowNanos - mount.askedNanos() < LIFE.toNanos()) {
                return Optional.of(mount);
            }
        }
        return Optional.empty();
    }

    /**
     * Probes, unless a probe of the same first segment is under way: its mount most likely covers this path too. It is
     * waited for once; if it turns out not to cover the path, this path is probed by itself.
     */
    private Mount ask(String cleanPath, long nowNanos, Probe probe)
            throws VaultError, StoreException, InterruptedException {
        String segment = ApiPath.firstSegment(cleanPath);
        CompletableFuture<Mount> mine = new CompletableFuture<>();
        CompletableFuture<Mount> other = probes.putIfAbsent(segment, mine);
        if (other != null) {
            Optional<Mount> shared = outcome(other);
            if (shared.isPresent() && shared.get().covers(cleanPath)) {
                return shared.get();
            }
            return probed(cleanPath, probe);
        }
        try {
            // Another thread may have finished its probe since the table was looked at.
            Optional<Mount> known = known(cleanPath, nowNanos);
            Mount mount = known.isPresent() ? known.get() : probed(cleanPath, probe);
            mine.complete(mount);
            return mount;
        } catch (VaultError | StoreException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            mine.cancel(false);
            probes.remove(segment, mine);
        }
    }

    /** What another thread's probe brought; its failure, if it says that nobody is being answered now. */
    private static Optional<Mount> outcome(CompletableFuture<Mount> probe) throws VaultError, InterruptedException {
        try {
            return Optional.of(probe.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof VaultError error && error.isShared()) {
                throw error;
            }
            return Optional.empty();
        } catch (CancellationException e) {
            return Optional.empty();
        }
    }

    private Mount probed(String cleanPath, Probe probe) throws VaultError, StoreException, InterruptedException {
        Mount mount = probe.of(cleanPath);
        if (mount.covers(cleanPath)) {
            if (mounts.size() >= MOST) {
                mounts.clear();
            }
            mounts.put(mount.path(), mount);
        }
        return mount;
    }
}
