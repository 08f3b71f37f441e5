package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.Owner;
import io.keyferry.kubernetes.annotated.Subject;
import io.keyferry.kubernetes.claim.Claims;
import java.util.Optional;

/**
 * Whose a Vault path is. The mark on a path decides; where there is none, the oldest object that wants the path has it, and
 * what somebody else wrote there before is overwritten, as by the original.
 */
final class Ownership {
    private static final String ANY = "any";

    private final Cluster cluster;
    private final Owner mine;
    private final String takeOver;
    private final Claims<String> claims;

    Ownership(Subject subject, Cluster cluster, Claims<String> claims) {
        this.cluster = cluster;
        this.mine = new Owner(
                cluster.text(),
                subject.ref().kind().kind(),
                subject.ref().namespace() + "/" + subject.ref().name(),
                subject.uid());
        this.takeOver = subject.annotation(Notes.TAKE_OVER);
        this.claims = claims;
    }

    Owner mine() {
        return mine;
    }

    /** Lets the object write a path. A path that holds nothing is free, whoever it belonged to. */
    Guard writing(String path) {
        return change -> {
            Optional<Owner> owner =
                    change.observed().owner().filter(_ -> change.observed().exists());
            if (owner.isPresent()) {
                return isMine(owner.get()) || isTakenOver(owner.get())
                        ? Optional.empty()
                        : Optional.of(refusal(path, owner.get()));
            }
            return claims.olderThan(path, mine.uid())
                    .map(claim -> Reason.PATH_NOT_OWNED.problem(
                            "vault path %s belongs to the older %s %s/%s: choose another path"
                                    .formatted(
                                            path,
                                            claim.id().kind(),
                                            claim.id().namespace(),
                                            claim.id().name())));
        };
    }

    /**
     * Lets the object remove a path that it owns. Where there is no mark, it owns what it names and no other object wants, as
     * with the original; its mark may have been about to come when the operator died.
     *
     * @param isMarkable whether the path would be marked if the object owned it
     * @param named whether the object's annotations name the path now
     */
    Guard removing(String path, IsMarkable isMarkable, boolean named) {
        return change -> {
            Optional<Owner> owner = change.observed().owner();
            boolean owned = owner.isPresent()
                    ? isMine(owner.get())
                    : (named || !isMarkable.test())
                            && claims.oldestButFor(path, mine.uid()).isEmpty();
            return owned
                    ? Optional.empty()
                    : Optional.of(Reason.PATH_NOT_OWNED.problem(
                            "vault path %s belongs to somebody else and is left as it is".formatted(path)));
        };
    }

    /** Whether a place can be marked. */
    interface IsMarkable {
        boolean test();
    }

    /** An object of the same name is an earlier life of this one, if it is known to be of the same cluster. */
    private boolean isMine(Owner owner) {
        return owner.equals(mine)
                || (cluster.isCertain()
                        && owner.group().equals(mine.group())
                        && owner.kind().equals(mine.kind())
                        && owner.name().equals(mine.name()));
    }

    private boolean isTakenOver(Owner owner) {
        return takeOver.equals(ANY) || takeOver.equals(text(owner));
    }

    private Problem refusal(String path, Owner owner) {
        return Reason.PATH_NOT_OWNED.problem(
                "vault path %s belongs to %s: choose another path, or annotate this object with %s: \"%s\""
                        .formatted(path, text(owner), Notes.TAKE_OVER, text(owner)));
    }

    /** An owner for people, and for the annotation that takes over. */
    static String text(Owner owner) {
        String what = owner.kind() + " " + owner.name();
        return owner.group().isEmpty() ? what : what + " of cluster " + owner.group();
    }
}
