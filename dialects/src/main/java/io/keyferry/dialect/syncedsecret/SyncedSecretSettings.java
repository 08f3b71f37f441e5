package io.keyferry.dialect.syncedsecret;

import java.time.Duration;

/**
 * What applies to all SyncedSecrets.
 *
 * @param annotation the annotation of namespaces that lists the roles which may be used there
 * @param poll how often AWS is asked what there is
 * @param partition the AWS partition of accounts that are named by number
 * @param strict whether to refuse to write {@code <nil>}, {@code <no value>} and numbers with exponents
 */
public record SyncedSecretSettings(String annotation, Duration poll, String partition, boolean strict) {}
