package io.keyferry.store.vault;

import io.keyferry.engine.target.Owner;

/**
 * A Vault path as one object wants it.
 *
 * @param path the full API path, for example {@code secret/data/app}; on KV version 2 {@code data/} may be left out
 * @param owner who is to own it; the name is namespace, slash, name, and the group says which cluster
 * @param purpose what is to become of it
 */
public record VaultTargetSpec(String path, Owner owner, Purpose purpose) {
    /** What is to become of a path. */
    public enum Purpose {
        WRITE,
        /** The current version is deleted, and can be brought back. */
        REMOVE,
        /** All versions and metadata are deleted. */
        REMOVE_FOR_GOOD
    }
}
