package io.keyferry.kubernetes.claim;

import io.keyferry.engine.read.SyncId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which live objects want which place. Where several want one, the oldest has it.
 *
 * @param <P> what names a place
 */
public final class Claims<P> {
    private static final Comparator<Claim> BY_AGE = Comparator.comparing(Claim::created)
            .thenComparing(claim -> claim.id().kind())
            .thenComparing(claim -> claim.id().namespace())
            .thenComparing(claim -> claim.id().name())
            .thenComparing(claim -> claim.id().part())
            .thenComparing(claim -> claim.id().dialect());

    /**
     * @param uid the object's uid
     * @param created when the object was created
     */
    public record Claim(SyncId id, String uid, Instant created) {}

    private record Held<P>(Claim claim, P place) {}

    private final Map<P, TreeSet<Claim>> byPlace = new HashMap<>();
    private final Map<SyncId, Held<P>> held = new HashMap<>();

    /** @return who else may have been waiting for what this object wanted until now */
    public synchronized List<SyncId> claim(Claim claim, P place) {
        Held<P> next = new Held<>(claim, place);
        if (next.equals(held.get(claim.id()))) {
            return List.of();
        }
        List<SyncId> freed = release(claim.id());
        byPlace.computeIfAbsent(place, p -> new TreeSet<>(BY_AGE)).add(claim);
        held.put(claim.id(), next);
        return freed;
    }

    /** @return who may have been waiting for this */
    public synchronized List<SyncId> release(SyncId id) {
        Held<P> before = held.remove(id);
        TreeSet<Claim> rivals = before == null ? null : byPlace.get(before.place());
        if (before == null || rivals == null) {
            return List.of();
        }
        rivals.remove(before.claim());
        if (rivals.isEmpty()) {
            byPlace.remove(before.place());
        }
        return ids(rivals);
    }

    /** Who wants this place. */
    public synchronized List<SyncId> claimants(P place) {
        TreeSet<Claim> rivals = byPlace.get(place);
        return rivals == null ? List.of() : ids(rivals);
    }

    /** The oldest of those who want this place, apart from one object. */
    public synchronized Optional<Claim> oldestButFor(P place, String uid) {
        TreeSet<Claim> rivals = byPlace.get(place);
        return rivals == null
                ? Optional.empty()
                : rivals.stream().filter(claim -> !claim.uid().equals(uid)).findFirst();
    }

    /** Who has this place, unless it is the object itself. */
    public synchronized Optional<Claim> olderThan(P place, String uid) {
        TreeSet<Claim> rivals = byPlace.get(place);
        return rivals == null
                ? Optional.empty()
                : Optional.of(rivals.first()).filter(claim -> !claim.uid().equals(uid));
    }

    private static List<SyncId> ids(Set<Claim> claims) {
        return claims.stream().map(Claim::id).toList();
    }
}
