package io.keyferry.kubernetes.secret;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last known state of every Secret in sight, from the watch and from our own writes, whichever is later. Tells who
 * listens of changes that were not our own.
 */
public final class SecretIndex {
    private final Map<SecretName, SecretState> states = new HashMap<>();
    private final Map<SecretName, Write> writes = new HashMap<>();
    private volatile Consumer<SecretName> onForeignChange = name -> {};
    private volatile Consumer<SecretName> onOwnChange = name -> {};
    private volatile Consumer<SecretName> onNotes = name -> {};
    private final NotePrefixes prefixes;

    /** What the watch said of a Secret while a write of ours was under way. */
    private static final class Write {
        @Nullable
        SecretState watched;

        boolean deleted;
    }

    /** An index that remembers no notes. */
    public SecretIndex() {
        this(NotePrefixes.none());
    }

    /** @param prefixes which notes to remember */
    public SecretIndex(NotePrefixes prefixes) {
        this.prefixes = prefixes;
    }

    NotePrefixes prefixes() {
        return prefixes;
    }

    /** @param listener hears of every Secret whose notes changed, whoever changed them; must not block */
    public void listenToNotes(Consumer<SecretName> listener) {
        onNotes = listener;
    }

    /** A Secret's notes, and the version that they are of. */
    public record Noted(SecretNotes notes, String resourceVersion) {}

    /** The notes of a Secret, if it has any. */
    public synchronized Optional<Noted> notes(SecretName name) {
        SecretState state = states.get(name);
        return state == null || state.notes() == null
                ? Optional.empty()
                : Optional.of(new Noted(state.notes(), state.resourceVersion()));
    }

    /** The Secrets that have notes. */
    public synchronized List<SecretName> noted() {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().notes() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The latest version seen of a Secret; empty if there is none. */
    public synchronized Optional<String> resourceVersion(SecretName name) {
        return Optional.ofNullable(states.get(name)).map(SecretState::resourceVersion);
    }

    private void tellNotes(SecretName name, @Nullable SecretNotes before) {
        if (!Objects.equals(before, notesNow(name))) {
            onNotes.accept(name);
        }
    }

    /** Costs nothing where no notes are remembered. */
    private @Nullable SecretNotes notesNow(SecretName name) {
        return prefixes.isEmpty() ? null : notes(name).map(Noted::notes).orElse(null);
    }

    /** @param listener hears of every change, creation and deletion that somebody else made; must not block */
    public void listen(Consumer<SecretName> listener) {
        onForeignChange = listener;
    }

    /** @param listener hears of every Secret that was written by ourselves; must not block */
    public void listenToOwn(Consumer<SecretName> listener) {
        onOwnChange = listener;
    }

    synchronized Optional<SecretState> get(SecretName name) {
        return Optional.ofNullable(states.get(name));
    }

    public synchronized int size() {
        return states.size();
    }

    /** Whether this version of a Secret, or a later one, has been seen. */
    synchronized boolean knows(SecretName name, String resourceVersion) {
        SecretState state = states.get(name);
        return state != null && !state.isOlderThan(resourceVersion);
    }

    /**
     * All Secrets of a namespace were listed.
     *
     * @param namespace null for all namespaces
     * @param listed the names of those that were there
     * @param resourceVersion when that was; what is known to be later stays
     */
    void listed(@Nullable String namespace, Set<SecretName> listed, String resourceVersion) {
        List<SecretName> gone = new ArrayList<>();
        synchronized (this) {
            states.forEach((name, state) -> {
                if ((namespace == null || name.namespace().equals(namespace))
                        && !listed.contains(name)
                        && state.isOlderThan(resourceVersion)) {
                    gone.add(name);
                }
            });
        }
        gone.forEach(this::vanished);
    }

    /** The watch saw a Secret. */
    void watched(SecretName name, SecretState state) {
        SecretNotes before = notesNow(name);
        if (take(name, state)) {
            onForeignChange.accept(name);
        }
        tellNotes(name, before);
    }

    private synchronized boolean take(SecretName name, SecretState state) {
        SecretState before = states.get(name);
        if (before != null && !state.isNewerThan(before)) {
            return false;
        }
        states.put(name, state);
        Write write = writes.get(name);
        if (write != null) {
            write.watched = state;
            write.deleted = false;
            return false;
        }
        return before == null || !before.sameAs(state);
    }

    /** The watch saw a Secret go. */
    void vanished(SecretName name) {
        SecretNotes before = notesNow(name);
        boolean foreign;
        synchronized (this) {
            Write write = writes.get(name);
            if (write != null) {
                write.watched = null;
                write.deleted = true;
            }
            foreign = states.remove(name) != null && write == null;
        }
        if (foreign) {
            onForeignChange.accept(name);
        }
        tellNotes(name, before);
    }

    /** A write of ours begins; what the watch says meanwhile is judged when it has ended. */
    synchronized void writing(SecretName name) {
        writes.put(name, new Write());
    }

    /** A write of ours ended. {@code state} is what it made, null if it failed. */
    void written(SecretName name, @Nullable SecretState state) {
        SecretNotes before = notesNow(name);
        if (settle(name, state)) {
            onForeignChange.accept(name);
        }
        if (state != null) {
            onOwnChange.accept(name);
        }
        tellNotes(name, before);
    }

    private synchronized boolean settle(SecretName name, @Nullable SecretState state) {
        Write write = writes.remove(name);
        if (state == null) {
            return write != null && (write.watched != null || write.deleted);
        }
        SecretState watched = write == null ? null : write.watched;
        if (watched != null && watched.isNewerThan(state)) {
            return !watched.sameAs(state);
        }
        if (write != null && write.deleted) {
            return true;
        }
        states.put(name, state);
        return false;
    }

    /** What somebody asked the API server for just now. */
    synchronized void observed(SecretName name, @Nullable SecretState state) {
        if (state == null) {
            states.remove(name);
        } else {
            SecretState before = states.get(name);
            if (before == null || state.isNewerThan(before)) {
                states.put(name, state);
            }
        }
    }
}
