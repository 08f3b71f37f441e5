package io.keyferry.kubernetes.secret;

import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Guard;
import io.keyferry.kubernetes.claim.Claims;
import java.util.Optional;

/** Lets an object write a Secret, whoever's it was, unless an older object wants it too. */
public final class ClaimGuard implements Guard {
    private final SecretName target;
    private final String uid;
    private final Claims<SecretName> claims;
    private final String reason;

    /**
     * @param uid the object's own
     * @param reason of the objection
     */
    public ClaimGuard(SecretName target, String uid, Claims<SecretName> claims, String reason) {
        this.reason = reason;
        this.target = target;
        this.uid = uid;
        this.claims = claims;
    }

    @Override
    public Optional<Problem> check(Change change) {
        return claims.olderThan(target, uid)
                .map(claim -> new Problem(
                        reason,
                        "Secret %s belongs to the older %s of dialect %s: rename one of them"
                                .formatted(target, claim.id().name(), claim.id().dialect())));
    }
}
