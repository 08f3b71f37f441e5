package io.keyferry.kubernetes.claim;

import io.keyferry.engine.read.SyncId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which live objects want which place. Where several want one, the oldest has it; of those created in the same second, which
 * is all that the API server tells, the one that had it before, or else asked for it first.
 *
 * @param <P> what names a place
 */
public final class Claims<P> {
    private static final Comparator<Rival> BY_AGE = Comparator.comparing(
                    (Rival rival) -> rival.claim().created())
            .thenComparingLong(Rival::turn)
            .thenComparing(rival -> rival.claim().id().kind())
            .thenComparing(rival -> rival.claim().id().namespace())
            .thenComparing(rival -> rival.claim().id().name())
            .thenComparing(rival -> rival.claim().id().part())
            .thenComparing(rival -> rival.claim().id().dialect());

    /**
     * @param uid the object's uid
     * @param created when the object was created, as the API server writes it: such times sort as text
     */
    public record Claim(SyncId id, String uid, String created) {}

    private record Rival(Claim claim, long turn) {}

    private record Held<P>(Rival rival, P place) {}

    private final Map<P, TreeSet<Rival>> byPlace = new HashMap<>();
    private final Map<SyncId, Held<P>> held = new HashMap<>();
    private long turns;

    /** As {@link #claim(Claim, Object, boolean)} of an object of which nothing is known. */
    public List<SyncId> claim(Claim claim, P place) {
        return claim(claim, place, false);
    }

    /**
     * @param settled whether the object seems to have the place from an earlier life of this process
     * @return who is to look again: those who may have been waiting for what this object wanted until now, and those who
     *     have the new place no more
     */
    public synchronized List<SyncId> claim(Claim claim, P place, boolean settled) {
        Held<P> before = held.get(claim.id());
        if (before != null
                && before.place().equals(place)
                && before.rival().claim().equals(claim)) {
            return List.of();
        }
        List<SyncId> concerned = new ArrayList<>(release(claim.id()));
        boolean stays = settled && before == null;
        Rival rival = new Rival(claim, stays ? 0 : ++turns);
        TreeSet<Rival> rivals = byPlace.computeIfAbsent(place, p -> new TreeSet<>(BY_AGE));
        rivals.add(rival);
        held.put(claim.id(), new Held<>(rival, place));
        if (rivals.first().equals(rival)) {
            concerned.addAll(ids(rivals.tailSet(rival, false)));
        }
        return concerned;
    }

    /** @return who may have been waiting for this */
    public synchronized List<SyncId> release(SyncId id) {
        Held<P> before = held.remove(id);
        TreeSet<Rival> rivals = before == null ? null : byPlace.get(before.place());
        if (before == null || rivals == null) {
            return List.of();
        }
        rivals.remove(before.rival());
        if (rivals.isEmpty()) {
            byPlace.remove(before.place());
        }
        return ids(rivals);
    }

    /** Who wants this place. */
    public synchronized List<SyncId> claimants(P place) {
        TreeSet<Rival> rivals = byPlace.get(place);
        return rivals == null ? List.of() : ids(rivals);
    }

    /** The oldest of those who want this place, apart from one object. */
    public synchronized Optional<Claim> oldestButFor(P place, String uid) {
        TreeSet<Rival> rivals = byPlace.get(place);
        return rivals == null
                ? Optional.empty()
                : rivals.stream()
                        .map(Rival::claim)
                        .filter(claim -> !claim.uid().equals(uid))
                        .findFirst();
    }

    /** Who has this place, unless it is the object itself. */
    public synchronized Optional<Claim> olderThan(P place, String uid) {
        TreeSet<Rival> rivals = byPlace.get(place);
        return rivals == null
                ? Optional.empty()
                : Optional.of(rivals.first().claim())
                        .filter(claim -> !claim.uid().equals(uid));
    }

    private static List<SyncId> ids(Set<Rival> rivals) {
        return rivals.stream().map(rival -> rival.claim().id()).toList();
    }
}
