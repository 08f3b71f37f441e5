package io.keyferry.kubernetes.secret;

import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.Owner;
import io.keyferry.kubernetes.claim.Claims;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lets an object write the Secret it controls, and one that nobody controls if no older object wants it. A controller
 * that is an earlier life of the object, or that is known to be gone, does not count.
 */
public final class OwnershipGuard implements Guard {
    /** The reason of both objections. */
    public static final String REASON = "TargetNotOwned";

    private final SecretName target;
    private final Owner mine;
    private final Claims<SecretName> claims;
    private final Predicate<Owner> gone;

    /** @param gone whether an owner of this object's kind and namespace is known not to exist any more */
    public OwnershipGuard(SecretName target, OwnerRef mine, Claims<SecretName> claims, Predicate<Owner> gone) {
        this.target = target;
        this.mine = mine.owner();
        this.claims = claims;
        this.gone = gone;
    }

    @Override
    public Optional<Problem> check(Change change) {
        Optional<Owner> owner = change.observed().owner();
        if (owner.isPresent() && owner.get().equals(mine)) {
            return Optional.empty();
        }
        if (owner.isPresent() && !isSuperseded(owner.get(), mine)) {
            return Optional.of(new Problem(
                    REASON,
                    "Secret %s is controlled by %s: choose another target or delete that Secret"
                            .formatted(target, owner.get())));
        }
        return claims.olderThan(target, mine.uid())
                .map(claim -> new Problem(
                        REASON,
                        "Secret %s belongs to the older %s %s: choose another target"
                                .formatted(target, mine.kind(), claim.id().name())));
    }

    private boolean isSuperseded(Owner owner, Owner mine) {
        return owner.group().equals(mine.group())
                && owner.kind().equals(mine.kind())
                && (owner.name().equals(mine.name()) || gone.test(owner));
    }
}
