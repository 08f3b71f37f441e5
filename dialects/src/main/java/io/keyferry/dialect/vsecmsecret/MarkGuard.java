package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Owner;
import io.keyferry.kubernetes.secret.OwnerRef;
import io.keyferry.kubernetes.secret.SecretName;
import java.util.Optional;
import java.util.function.Predicate;

/** Lets an object put its mark on a Secret that bears nobody else's: a Secret has one controller at most. */
final class MarkGuard implements Guard {
    private final SecretName target;
    private final OwnerRef mark;
    private final Predicate<Owner> gone;

    /** @param gone whether an owner of this object's kind and namespace is known not to exist any more */
    MarkGuard(SecretName target, OwnerRef mark, Predicate<Owner> gone) {
        this.target = target;
        this.mark = mark;
        this.gone = gone;
    }

    static boolean bears(Observed observed, OwnerRef mark) {
        return observed.owner().filter(owner -> owner.uid().equals(mark.uid())).isPresent();
    }

    @Override
    public Optional<Problem> check(Change change) {
        Observed observed = change.observed();
        boolean free = observed.owner().isEmpty()
                || bears(observed, mark)
                || observed.ownsOwner()
                || isEarlierLife(observed.owner().get());
        return free
                ? Optional.empty()
                : Optional.of(Reason.TARGET_CONFLICT.problem(
                        "Secret %s is controlled by %s, so that it cannot be deleted with this object: choose another target, or deletion policy Retain"
                                .formatted(target, observed.owner().get())));
    }

    private boolean isEarlierLife(Owner owner) {
        return owner.kind().equals(mark.kind()) && (owner.name().equals(mark.name()) || gone.test(owner));
    }
}
