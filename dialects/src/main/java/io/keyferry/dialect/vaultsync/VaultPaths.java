package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.RemovableTarget;

/** Makes targets of Vault paths. */
@FunctionalInterface
public interface VaultPaths {
    /**
     * A target for one run.
     *
     * @param path the full API path
     * @param forGood whether a removal takes all versions and metadata
     */
    RemovableTarget target(String path, Owner owner, boolean forGood);
}
