package io.keyferry.store.vault;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Change.Section;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.LockLostException;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.engine.target.TargetException;
import io.keyferry.store.vault.VaultTargetSpec.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Vault path as a target. Its lock is the KV version 2 version, which every write and every deletion names; KV version 1
 * has none. Its annotations are custom metadata, of which those that begin with {@code keyferry-} are ours; there too
 * stands its owner. Where the policy forbids metadata, the path has neither.
 */
final class VaultTarget implements RemovableTarget {
    /** What a Consul behind Vault takes half of, and integrated storage just so. */
    private static final int LARGE = 1 << 20;

    /** A writer like this one marks what it wrote right after it; for so long its mark is waited for. */
    private static final Duration UNTIL_MARKED = Duration.ofSeconds(3);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int MOST_LOOKS = 20;
    private static final long NONE = -1;

    private final VaultTargetSpec spec;
    private final KvClient kv;
    private final Rights rights;
    private final Fingerprinter fingerprinter;
    private final RetryPause.Sleeper sleeper;
    private final VaultObserver observer;
    private @Nullable KvPath place;
    private Map<String, String> metadata = Map.of();
    private long written = NONE;

    VaultTarget(
            VaultTargetSpec spec,
            KvClient kv,
            Rights rights,
            Fingerprinter fingerprinter,
            RetryPause.Sleeper sleeper,
            VaultObserver observer) {
        this.spec = spec;
        this.kv = kv;
        this.rights = rights;
        this.fingerprinter = fingerprinter;
        this.sleeper = sleeper;
        this.observer = observer;
    }

    @Override
    public Optional<Owner> owner() {
        return isMarkable() ? Optional.of(spec.owner()) : Optional.empty();
    }

    @Override
    public DataPolicy dataPolicy() {
        return DataPolicy.REPLACE;
    }

    @Override
    public SecretContent holdable(SecretContent content) {
        return isMarkable()
                ? content
                : new SecretContent(
                        content.data(), Map.of(), Map.of(), content.type(), content.vacant(), content.notices());
    }

    private boolean isMarkable() {
        return place != null && rights.mayBe(place, Rights.Right.MARK);
    }

    /** What somebody wrote just now is looked at again until its mark is there or overdue. */
    @Override
    public Observed observe() throws TargetException, InterruptedException {
        return patient(entry -> entry.owner().isEmpty());
    }

    /** Whoever lost the lock to a path of its own waits as well: the winner may be about to take the path over. */
    @Override
    public Observed observeFresh() throws TargetException, InterruptedException {
        return patient(entry -> entry.owner().isEmpty() || entry.owner().equals(owner()));
    }

    private Observed patient(Predicate<KvEntry> mayBeMarked) throws TargetException, InterruptedException {
        KvEntry entry = read();
        for (int i = 0; i < MOST_LOOKS && isMarkable() && isForeignAndNew(entry) && mayBeMarked.test(entry); i++) {
            sleeper.sleep(BETWEEN_LOOKS);
            entry = read();
        }
        return observed(entry);
    }

    private boolean isForeignAndNew(KvEntry entry) {
        return entry.exists()
                && entry.version() != written
                && entry.age().filter(age -> age.compareTo(UNTIL_MARKED) < 0).isPresent();
    }

    private KvEntry read() throws TargetException, InterruptedException {
        KvEntry entry = asked(purpose(0), () -> {
            KvPath found = kv.locate(spec.path());
            place = found;
            return kv.read(found);
        });
        metadata = entry.metadata();
        return entry;
    }

    private Observed observed(KvEntry entry) {
        Map<String, Fingerprint> annotations = entry.metadata().entrySet().stream()
                .filter(item -> isAnnotation(item.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, item -> fingerprinter.of(item.getValue())));
        return new Observed(
                entry.exists(),
                entry.owner(),
                entry.data(),
                Map.of(),
                annotations,
                Set.of(),
                isMarkable() ? annotations.keySet() : Set.of(),
                "",
                Long.toString(entry.version()));
    }

    private static boolean isAnnotation(String key) {
        return key.startsWith(OwnerMark.PREFIX) && !OwnerMark.isPart(key);
    }

    @Override
    public void apply(Change change) throws TargetException, LockLostException, InterruptedException {
        kv.takeTurn();
        long version = version(change);
        if (change.creates() || change.touches(Section.DATA)) {
            version = write(change.content(), version);
            written = version;
        }
        boolean isNewOwner = !change.observed().owner().equals(owner());
        if (isMarkable() && (isNewOwner || change.touches(Section.ANNOTATION))) {
            requireUnchanged(version, change.observed().owner());
            mark(change.content());
            requireUnchanged(version, owner());
        }
    }

    /**
     * Metadata has no lock. A mark therefore counts only if nobody wrote or marked between the data and it, and a removal of
     * more than one version only if nobody did since the path was observed.
     */
    private void requireUnchanged(long version, Optional<Owner> owner)
            throws TargetException, LockLostException, InterruptedException {
        KvEntry now = read();
        if (now.version() != version || !now.owner().equals(owner)) {
            throw new LockLostException();
        }
    }

    private static long version(Change change) {
        return Long.parseLong(Objects.requireNonNullElse(change.observed().lock(), "0"));
    }

    private long write(SecretContent content, long version)
            throws TargetException, LockLostException, InterruptedException {
        int size = size(content);
        checkText(content);
        if (size > LARGE) {
            observer.wroteLarge();
        }
        KvPath found = Objects.requireNonNull(place);
        return locked(purpose(size), () -> kv.write(found, content.data(), version));
    }

    private static int size(SecretContent content) {
        return content.data().entrySet().stream()
                .mapToInt(entry -> entry.getKey().getBytes(StandardCharsets.UTF_8).length
                        + entry.getValue().length())
                .sum();
    }

    private void checkText(SecretContent content) throws TargetException {
        for (Map.Entry<String, SecretValue> entry : content.data().entrySet()) {
            if (!SecretValue.utf8(entry.getValue().utf8()).equals(entry.getValue())) {
                throw KvFailures.refused(
                        "ValueNotText",
                        "%s: the value of %s is not text in UTF-8".formatted(purpose(0), entry.getKey()),
                        spec.path());
            }
        }
    }

    private void mark(SecretContent content) throws TargetException, InterruptedException {
        Map<String, String> next = new TreeMap<>(metadata);
        next.keySet().removeIf(key -> key.startsWith(OwnerMark.PREFIX));
        next.putAll(OwnerMark.write(spec.owner()));
        next.putAll(content.annotations());
        KvPath found = Objects.requireNonNull(place);
        try {
            kv.annotate(found, next);
        } catch (VaultError e) {
            if (!e.isForbidden()) {
                throw KvFailures.of("failed to mark vault path " + spec.path(), spec.path(), e);
            }
            rights.forbid(found, Rights.Right.MARK);
        } catch (StoreException e) {
            throw KvFailures.of("failed to mark vault path " + spec.path(), spec.path(), e);
        }
    }

    @Override
    public void remove(Change change) throws TargetException, LockLostException, InterruptedException {
        kv.takeTurn();
        requireUnchanged(version(change), change.observed().owner());
        KvPath found = Objects.requireNonNull(place);
        boolean forGood = spec.purpose() == Purpose.REMOVE_FOR_GOOD;
        if (forGood && removed(Rights.Right.DELETE_ALL, () -> kv.deleteAll(found))) {
            return;
        }
        if (!removed(Rights.Right.DELETE_VERSION, () -> kv.delete(found, version(change)))) {
            boolean _ = asked(purpose(0), () -> {
                kv.deleteLatest(found);
                return true;
            });
        }
    }

    private interface Deletion {
        void make() throws VaultError, StoreException, InterruptedException;
    }

    /** @return whether it is done; that the policy forbids one way leaves the other ways */
    private boolean removed(Rights.Right right, Deletion deletion) throws TargetException, InterruptedException {
        KvPath found = Objects.requireNonNull(place);
        if (!rights.mayBe(found, right)) {
            return false;
        }
        try {
            deletion.make();
            return true;
        } catch (VaultError e) {
            if (!e.isForbidden()) {
                throw KvFailures.of(purpose(0), spec.path(), e);
            }
            rights.forbid(found, right);
            return false;
        } catch (StoreException e) {
            throw KvFailures.of(purpose(0), spec.path(), e);
        }
    }

    private interface Exchange<T> {
        T make() throws VaultError, StoreException, InterruptedException;
    }

    private <T> T asked(String what, Exchange<T> exchange) throws TargetException, InterruptedException {
        try {
            return locked(what, exchange);
        } catch (LockLostException e) {
            throw new IllegalStateException("only writes can be stale", e);
        }
    }

    private <T> T locked(String what, Exchange<T> exchange)
            throws TargetException, LockLostException, InterruptedException {
        try {
            return exchange.make();
        } catch (VaultError e) {
            if (KvFailures.isStale(e)) {
                throw new LockLostException();
            }
            KvPath found = place;
            if (found != null && e.status() >= 400 && e.status() < 500) {
                kv.doubt(found);
            }
            throw KvFailures.of(what, spec.path(), e);
        } catch (StoreException e) {
            throw KvFailures.of(what, spec.path(), e);
        }
    }

    private String purpose(int size) {
        if (spec.purpose() != Purpose.WRITE) {
            return "failed to delete secret from vault at path " + spec.path();
        }
        return size > LARGE
                ? "failed to write large secret (%d bytes) to vault at path %s".formatted(size, spec.path())
                : "failed to write secret to vault at path " + spec.path();
    }
}
