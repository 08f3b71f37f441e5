package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.RemovableTarget;

/** Makes targets of Vault paths, each for one run. */
public interface VaultPaths {
    /** @param path the full API path */
    RemovableTarget toWrite(String path, Owner owner);

    /**
     * @param path the full API path
     * @param forGood whether all versions and metadata are removed
     */
    RemovableTarget toRemove(String path, Owner owner, boolean forGood);
}
