package io.keyferry.engine.read;

/**
 * Which object asked for a sync.
 *
 * @param dialect the dialect's name, for example {@code vaultsecret}
 * @param namespace the object's namespace
 * @param name the object's name
 */
public record SyncId(String dialect, String namespace, String name) {}
