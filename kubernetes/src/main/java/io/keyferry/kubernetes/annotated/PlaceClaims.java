package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.read.SyncId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Which live objects want which place of a store. Where several want one, the oldest has it. */
public final class PlaceClaims {
    private static final Comparator<Claim> BY_AGE = Comparator.comparing(Claim::created)
            .thenComparing(claim -> claim.id().kind())
            .thenComparing(claim -> claim.id().namespace())
            .thenComparing(claim -> claim.id().name())
            .thenComparing(claim -> claim.id().part());

    /**
     * @param uid the object's uid
     * @param created when the object was created
     */
    public record Claim(SyncId id, String uid, Instant created) {}

    private record Held(Claim claim, String place) {}

    private final Map<String, TreeSet<Claim>> byPlace = new HashMap<>();
    private final Map<SyncId, Held> held = new HashMap<>();

    /** @return who else may have been waiting for what this claim was about until now */
    synchronized List<SyncId> claim(Claim claim, String place) {
        Held next = new Held(claim, place);
        if (next.equals(held.get(claim.id()))) {
            return List.of();
        }
        List<SyncId> freed = release(claim.id());
        byPlace.computeIfAbsent(place, p -> new TreeSet<>(BY_AGE)).add(claim);
        held.put(claim.id(), next);
        return freed;
    }

    /** @return who may have been waiting for this */
    synchronized List<SyncId> release(SyncId id) {
        Held before = held.remove(id);
        TreeSet<Claim> rivals = before == null ? null : byPlace.get(before.place());
        if (before == null || rivals == null) {
            return List.of();
        }
        rivals.remove(before.claim());
        if (rivals.isEmpty()) {
            byPlace.remove(before.place());
        }
        return new ArrayList<>(rivals.stream().map(Claim::id).toList());
    }

    /** The oldest of those who want this place, apart from one object. */
    public synchronized Optional<Claim> oldestButFor(String place, String uid) {
        TreeSet<Claim> rivals = byPlace.get(place);
        return rivals == null
                ? Optional.empty()
                : rivals.stream().filter(claim -> !claim.uid().equals(uid)).findFirst();
    }

    /** Whether no older object wants this place. */
    public synchronized Optional<Claim> olderThan(String place, String uid) {
        TreeSet<Claim> rivals = byPlace.get(place);
        return rivals == null
                ? Optional.empty()
                : Optional.of(rivals.first()).filter(claim -> !claim.uid().equals(uid));
    }
}
