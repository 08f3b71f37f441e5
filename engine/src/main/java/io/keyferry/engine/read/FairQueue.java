package io.keyferry.engine.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A queue in which parties take turns, each with its own line: first come, first served within a line, one from each
 * line in turn. Who comes to an empty line gets its turn after all others.
 *
 * @param <P> the parties
 * @param <T> what waits; an item waits at most once
 */
final class FairQueue<P, T> {
    /** Lines by party, whose turn is next first; none is empty. */
    private final SequencedMap<P, SequencedSet<T>> lines = new LinkedHashMap<>();

    void add(P party, T item) {
        lines.computeIfAbsent(party, p -> new LinkedHashSet<>()).add(item);
    }

    /** @return whether the item was waiting */
    boolean remove(P party, T item) {
        SequencedSet<T> line = lines.get(party);
        if (line == null || !line.remove(item)) {
            return false;
        }
        if (line.isEmpty()) {
            lines.remove(party);
        }
        return true;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Whether {@link #take} would find somebody. */
    boolean has(Predicate<P> mayGo) {
        return lines.keySet().stream().anyMatch(mayGo);
    }

    /** Takes out the next item of a party that may go; a party that may not keeps its turn. Null if there is none. */
    @Nullable
    T take(Predicate<P> mayGo) {
        P party = lines.keySet().stream().filter(mayGo).findFirst().orElse(null);
        SequencedSet<T> line = party == null ? null : lines.remove(party);
        if (party == null || line == null) {
            return null;
        }
        T item = line.removeFirst();
        if (!line.isEmpty()) {
            lines.putLast(party, line);
        }
        return item;
    }

    /** Takes out up to {@code most} further items of a party, whoever's turn it is. */
    List<T> takeMore(P party, int most) {
        List<T> items = new ArrayList<>();
        SequencedSet<T> line = lines.get(party);
        while (line != null && items.size() < most && !line.isEmpty()) {
            items.add(line.removeFirst());
        }
        if (line != null && line.isEmpty()) {
            lines.remove(party);
        }
        return items;
    }

    /** The parties that wait. */
    Set<P> parties() {
        return Collections.unmodifiableSet(lines.keySet());
    }

    /** Those of a party who wait, first come first. */
    SequencedCollection<T> line(P party) {
        SequencedSet<T> line = lines.get(party);
        return line == null ? List.of() : Collections.unmodifiableSequencedSet(line);
    }

    /** Takes out everything. */
    List<T> drain() {
        List<T> result = new ArrayList<>();
        lines.values().forEach(result::addAll);
        lines.clear();
        return result;
    }
}
