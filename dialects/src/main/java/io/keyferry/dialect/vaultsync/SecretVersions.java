package io.keyferry.dialect.vaultsync;

import io.keyferry.kubernetes.secret.SecretName;
import java.util.Optional;

/** Knows the versions of Secrets. */
@FunctionalInterface
public interface SecretVersions {
    /** The latest {@code metadata.resourceVersion} seen; empty if there is no such Secret. */
    Optional<String> of(SecretName secret);
}
