package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.LockLostException;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.engine.target.TargetException;
import java.util.Map;
import java.util.Optional;

/** A target that is written at each run though it holds what it should: {@code vault-sync.io/rotation-check: disabled}. */
final class AlwaysWritten implements RemovableTarget {
    private final RemovableTarget target;

    AlwaysWritten(RemovableTarget target) {
        this.target = target;
    }

    @Override
    public Optional<Owner> owner() {
        return target.owner();
    }

    @Override
    public DataPolicy dataPolicy() {
        return target.dataPolicy();
    }

    @Override
    public SecretContent holdable(SecretContent content) {
        return target.holdable(content);
    }

    @Override
    public Observed observe() throws TargetException, InterruptedException {
        return blank(target.observe());
    }

    @Override
    public Observed observeFresh() throws TargetException, InterruptedException {
        return blank(target.observeFresh());
    }

    private static Observed blank(Observed seen) {
        return new Observed(
                seen.exists(),
                seen.owner(),
                Map.of(),
                seen.labels(),
                seen.annotations(),
                seen.ownLabels(),
                seen.ownAnnotations(),
                seen.type(),
                seen.lock());
    }

    @Override
    public void apply(Change change) throws TargetException, LockLostException, InterruptedException {
        target.apply(change);
    }

    @Override
    public void remove(Change change) throws TargetException, LockLostException, InterruptedException {
        target.remove(change);
    }
}
