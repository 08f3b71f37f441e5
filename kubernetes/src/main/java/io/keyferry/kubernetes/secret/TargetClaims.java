package io.keyferry.kubernetes.secret;

import io.keyferry.engine.read.SyncId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Which live objects want which Secret. Where several want one, the oldest has it. */
public final class TargetClaims {
    private static final Comparator<Claim> BY_AGE = Comparator.comparing(Claim::created)
            .thenComparing(claim -> claim.id().name())
            .thenComparing(claim -> claim.id().dialect());

    /**
     * @param created when the object was created
     * @param uid the object's uid
     */
    public record Claim(SyncId id, String uid, Instant created) {}

    private final Map<SecretName, TreeSet<Claim>> byTarget = new HashMap<>();
    private final Map<SyncId, SecretName> targets = new HashMap<>();
    private final Map<SyncId, Claim> claims = new HashMap<>();

    /** @return who else may have been waiting for what this object wanted until now */
    public synchronized List<SyncId> claim(Claim claim, SecretName target) {
        if (target.equals(targets.get(claim.id())) && claim.equals(claims.get(claim.id()))) {
            return List.of();
        }
        List<SyncId> freed = release(claim.id());
        byTarget.computeIfAbsent(target, name -> new TreeSet<>(BY_AGE)).add(claim);
        targets.put(claim.id(), target);
        claims.put(claim.id(), claim);
        return freed;
    }

    /** @return who may have been waiting for this */
    public synchronized List<SyncId> release(SyncId id) {
        SecretName target = targets.remove(id);
        Claim claim = claims.remove(id);
        if (target == null || claim == null) {
            return List.of();
        }
        TreeSet<Claim> rivals = byTarget.get(target);
        if (rivals == null) {
            return List.of();
        }
        rivals.remove(claim);
        if (rivals.isEmpty()) {
            byTarget.remove(target);
            return List.of();
        }
        return rivals.stream().map(Claim::id).toList();
    }

    /** Who wants this Secret. */
    public synchronized List<SyncId> claimants(SecretName target) {
        TreeSet<Claim> rivals = byTarget.get(target);
        return rivals == null
                ? List.of()
                : new ArrayList<>(rivals.stream().map(Claim::id).toList());
    }

    /** The oldest of those who want this Secret. */
    synchronized Optional<Claim> oldest(SecretName target) {
        TreeSet<Claim> rivals = byTarget.get(target);
        return rivals == null ? Optional.empty() : Optional.of(rivals.first());
    }
}
