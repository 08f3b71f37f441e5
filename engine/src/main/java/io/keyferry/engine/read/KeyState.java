package io.keyferry.engine.read;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.store.Following;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Revision;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.time.Timers.Timer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the read plane knows and plans about one key. Guarded by the read plane's lock. */
final class KeyState {
    static final long NEVER = Long.MAX_VALUE;

    /** @param seen null while the dependent is still reading, or if it does not care */
    private record Dependent(Answer.@Nullable State seen, long period) {}

    final ReadKey key;
    final StoreLane lane;
    private final Following following;
    private final Map<SyncId, Dependent> dependents = new HashMap<>(4);
    private final TreeMap<Long, Integer> periods = new TreeMap<>();

    /** The last reading's content; null if there was none yet or it was dropped to save memory. */
    @Nullable
    Reading reading;

    /** The listing that tells the versions of this key and others, if there is one. */
    final @Nullable KeyState feed;

    /** The keys that this one tells about. */
    private final Set<KeyState> fed = new HashSet<>(0);

    /** What this key tells about others; null if it tells nothing or was never read. */
    private @Nullable Versions versions;

    private @Nullable Revision revision;

    /** What the feed told of this key last; null if nothing. */
    private @Nullable String listed;

    private boolean told;

    private @Nullable Fingerprint fingerprint;
    private boolean read;
    private long readAt;

    private @Nullable StoreFailure failure;
    private int failures;
    private boolean failureTold;
    private boolean tried;
    private long triedAt;

    @Nullable
    Attempt running;

    @Nullable
    Attempt wanted;

    /** When the next poll is due, in monotonic nanoseconds. */
    long due = NEVER;

    /** When a failing key is tried again, in monotonic nanoseconds. */
    long retryAt;

    /** The timer of the next poll or retry, and when it is to go off. */
    private @Nullable Timer timer;

    private long timerAt;

    KeyState(ReadKey key, StoreLane lane, Following following, @Nullable KeyState feed) {
        this.key = key;
        this.lane = lane;
        this.following = following;
        this.feed = feed;
        if (feed != null) {
            feed.fed.add(this);
        }
    }

    /** To be called when the key is dropped. */
    void leaveFeed() {
        if (feed != null) {
            feed.fed.remove(this);
        }
    }

    Set<KeyState> fed() {
        return fed;
    }

    void succeeded(Answer.Read answer, long startedAt) {
        reading = answer.reading();
        fingerprint = answer.fingerprint();
        read = true;
        readAt = startedAt;
        tried = true;
        triedAt = startedAt;
        failure = null;
        failures = 0;
        failureTold = false;
        revision = answer.reading() instanceof Reading.Found found
                ? found.revision().orElse(null)
                : null;
        versions = answer.reading() instanceof Reading.Inventory inventory ? new Versions(inventory) : null;
        hear();
    }

    /**
     * Takes in what the feed tells now.
     *
     * @return whether the key has to be read again for it
     */
    boolean hearNews(long now) {
        long lag = following instanceof Following.Told source ? source.lag().toNanos() : 0;
        boolean wasTold = told;
        String before = listed;
        hear();
        Revision known = revision;
        if (known == null) {
            return tried && listed != null && !listed.equals(before);
        }
        if (!told) {
            return wasTold;
        }
        // A listing may lag behind what was read. Told the same again, the key is believed until the lag is over.
        return !known.version().equals(listed) && (!Objects.equals(listed, before) || now - readAt > lag);
    }

    /** Only what was read is known to be what the feed means: names alone may mean other secrets elsewhere. */
    private void hear() {
        Versions source = feed == null ? null : feed.versions;
        if (source != null) {
            Revision known = revision;
            listed =
                    known != null ? source.of(known) : source.of(key.reference().path());
            told = known != null && listed != null;
        }
    }

    /** Whether the feed tells when this key has changed. */
    boolean isTold() {
        return told;
    }

    /** @param toldNow whether somebody waited for this very attempt, and so knows that it failed */
    void failed(StoreFailure newFailure, long startedAt, boolean toldNow) {
        tried = true;
        triedAt = startedAt;
        failure = newFailure;
        failures++;
        failureTold |= toldNow;
        hear();
    }

    /** Makes the failure news, however often it happened. */
    void tellFailure() {
        failureTold = failure != null;
    }

    /**
     * Whether dependents are told of a failure. One failed poll alone is no news while the last good value stands; the
     * next failure is.
     */
    private boolean isFailing() {
        return failure != null && !stands() && (failureTold || failures > 1 || !read);
    }

    @Nullable
    StoreFailure failure() {
        return failure;
    }

    int failures() {
        return failures;
    }

    boolean wasTried() {
        return tried;
    }

    long triedAt() {
        return triedAt;
    }

    boolean wasRead() {
        return read;
    }

    long readAt() {
        return readAt;
    }

    /** The answer for somebody who wants nothing older than {@code notBefore}, if it is known. */
    @Nullable
    Answer known(long notBefore) {
        StoreFailure current = failure;
        if (current != null && isFailing()) {
            return triedAt - notBefore + reuse() >= 0 ? new Answer.Failed(current) : null;
        }
        Answer.Read last = last();
        return last != null && (isFreshFor(notBefore) || (current != null && stands())) ? last : null;
    }

    private Answer.@Nullable Read last() {
        Reading content = reading;
        Fingerprint print = fingerprint;
        return content != null && print != null ? new Answer.Read(content, print) : null;
    }

    /** What a listing tells of is as it was read until the listing tells otherwise. */
    private boolean isFreshFor(long notBefore) {
        return switch (following) {
            case Following.Told _ when told -> true;
            case Following.Telling telling ->
                readAt - notBefore + telling.fresh().toNanos() >= 0;
            case Following.Told _, Following.Polled _, Following.Announced _ -> readAt - notBefore + reuse() >= 0;
        };
    }

    /** How old an answer may be for whoever asks, in nanoseconds. */
    long reuse() {
        return following instanceof Following.Polled polled ? polled.reuse().toNanos() : 0;
    }

    /** Whether what was read last is good for as long as nothing else can be read. */
    private boolean stands() {
        return following instanceof Following.Telling && last() != null;
    }

    /** What to tell those who waited for an attempt that ended with {@code answer}. */
    Answer told(Answer answer) {
        Answer.Read last = last();
        return answer instanceof Answer.Failed && stands() && last != null ? last : answer;
    }

    /** Whether it is tried no more often while it fails than it is polled, in the long run. */
    boolean isPatient() {
        return switch (following) {
            case Following.Told _, Following.Telling _ -> true;
            case Following.Polled polled -> polled.patient();
            case Following.Announced _ -> false;
        };
    }

    /** Whether nobody tells of changes, so that they are found by looking alone. */
    boolean isPolled() {
        return following instanceof Following.Polled;
    }

    boolean isAnnounced() {
        return following instanceof Following.Announced;
    }

    /** What dependents are told, null if nothing is known yet. */
    Answer.@Nullable State state() {
        StoreFailure current = failure;
        if (current != null && isFailing()) {
            return new Answer.Failed(current).state();
        }
        Fingerprint print = fingerprint;
        return print == null ? null : new Answer.State.Known(print);
    }

    /** Those who saw something else than what is known now, except {@code informed}; they count as told from now on. */
    Set<SyncId> outdated(Set<SyncId> informed) {
        Answer.State now = state();
        Set<SyncId> result = new HashSet<>();
        if (now != null) {
            dependents.replaceAll((id, dependent) -> {
                if (dependent.seen() == null || dependent.seen().equals(now)) {
                    return dependent;
                }
                if (!informed.contains(id)) {
                    result.add(id);
                }
                return new Dependent(now, dependent.period());
            });
        }
        return result;
    }

    /** Keeps the key for somebody who reads it now and will depend on it. */
    void expect(SyncId id) {
        dependents.putIfAbsent(id, new Dependent(null, NEVER));
    }

    /** Polls the key for somebody who depends on what it tells about others, and not on what it is. */
    void addFollower(SyncId id, long period) {
        removeDependent(id);
        put(id, new Dependent(null, period));
    }

    private void put(SyncId id, Dependent dependent) {
        dependents.put(id, dependent);
        if (dependent.period() != NEVER) {
            periods.merge(dependent.period(), 1, Integer::sum);
        }
    }

    /**
     * @param seen null if the dependent does not care for what becomes of the key
     * @param period nanoseconds between polls, or {@link #NEVER}
     * @return whether {@code seen} is no longer how things are; the dependent counts as told then
     */
    boolean addDependent(SyncId id, Answer.@Nullable State seen, long period) {
        removeDependent(id);
        Answer.State now = state();
        boolean outdated = seen != null && now != null && !now.equals(seen);
        put(id, new Dependent(outdated ? now : seen, period));
        return outdated;
    }

    void removeDependent(SyncId id) {
        Dependent gone = dependents.remove(id);
        if (gone != null && gone.period() != NEVER) {
            periods.computeIfPresent(gone.period(), (period, count) -> count == 1 ? null : count - 1);
        }
    }

    boolean hasDependents() {
        return !dependents.isEmpty();
    }

    boolean isIdle() {
        return dependents.isEmpty() && fed.isEmpty() && running == null && wanted == null;
    }

    /** The shortest period among dependents, or {@link #NEVER}. */
    long period() {
        return periods.isEmpty() ? NEVER : periods.firstKey();
    }

    void time(long at, Timer next) {
        timer = next;
        timerAt = at;
    }

    boolean isTimedFor(long at) {
        return timer != null && timerAt == at;
    }

    void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
