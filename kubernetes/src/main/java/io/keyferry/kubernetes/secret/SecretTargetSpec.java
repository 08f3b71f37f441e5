package io.keyferry.kubernetes.secret;

import io.keyferry.engine.target.DataPolicy;

/**
 * A Secret as one object wants it.
 *
 * @param name where it is
 * @param owner who is to control it
 * @param dataPolicy what becomes of entries the object does not name
 */
public record SecretTargetSpec(SecretName name, OwnerRef owner, DataPolicy dataPolicy) {}
