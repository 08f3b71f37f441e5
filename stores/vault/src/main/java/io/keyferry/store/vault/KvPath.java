package io.keyferry.store.vault;

import java.util.Optional;

/**
 * Where one key-value secret is reached, as API paths.
 *
 * @param version of the KV engine
 * @param mount the engine's path, with a slash at its end
 * @param name the secret's name below the mount
 * @param written how the secret's path was written, for messages
 */
record KvPath(int version, String mount, String name, String written) {
    private static final String FAST = "secret/data/";

    /** Paths that are KV version 2 without asking the server, as the original took them. */
    static Optional<KvPath> unquestioned(String path) {
        return path.startsWith(FAST) && path.length() > FAST.length()
                ? Optional.of(new KvPath(2, "secret/", ApiPath.join(path.substring(FAST.length())), path))
                : Optional.empty();
    }

    /** A path as it lies in {@code mount}: on KV version 2 with or without {@code data/}. */
    static KvPath in(Mount mount, String path) {
        String clean = ApiPath.join(path);
        String below = clean.substring(Math.min(mount.path().length(), clean.length()));
        boolean whole = mount.version() == 2 && below.startsWith("data/") && below.length() > "data/".length();
        return new KvPath(mount.version(), mount.path(), whole ? below.substring("data/".length()) : below, path);
    }

    /** Where the secret's data is read and written. */
    String data() {
        return version == 2 ? mount + "data/" + name : mount + name;
    }

    /** Where the secret's metadata is; only on KV version 2. */
    String metadata() {
        return mount + "metadata/" + name;
    }

    /** Where versions of the secret are deleted; only on KV version 2. */
    String deletion() {
        return mount + "delete/" + name;
    }
}
