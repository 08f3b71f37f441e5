package io.keyferry.store.vault;

import io.keyferry.engine.target.Owner;

/**
 * A Vault path as one object wants it.
 *
 * @param path the full API path, for example {@code secret/data/app}; on KV version 2 {@code data/} may be left out
 * @param owner who is to own it; the name is namespace, slash, name, and the group says which cluster
 * @param forGood whether a removal takes all versions and metadata, rather than deleting the current version
 */
public record VaultTargetSpec(String path, Owner owner, boolean forGood) {}
