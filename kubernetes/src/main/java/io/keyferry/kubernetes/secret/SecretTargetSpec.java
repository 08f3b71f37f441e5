package io.keyferry.kubernetes.secret;

import io.keyferry.engine.target.DataPolicy;
import java.util.Optional;

/**
 * A Secret as one object wants it.
 *
 * @param name where it is
 * @param owner who is to control it; empty to leave that alone
 * @param dataPolicy what becomes of entries the object does not name
 * @param abandoned what goes whatever the policy
 */
public record SecretTargetSpec(SecretName name, Optional<OwnerRef> owner, DataPolicy dataPolicy, Abandoned abandoned) {
    public SecretTargetSpec(SecretName name, Optional<OwnerRef> owner, DataPolicy dataPolicy) {
        this(name, owner, dataPolicy, Abandoned.nothing());
    }
}
