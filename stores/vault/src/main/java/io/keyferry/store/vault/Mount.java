package io.keyferry.store.vault;

import java.util.Map;

/**
 * A secrets engine as an identity sees it.
 *
 * @param path where it is mounted, with a final slash; if the server does not tell, the first segment of the path
 * @param version of the KV engine: 1, which also stands for every other engine, or 2
 * @param engine the engine's type, for example {@code kv}; empty if the server does not tell
 * @param told whether the server told where the mount is
 * @param askedNanos when the server was asked
 */
record Mount(String path, int version, String engine, boolean told, long askedNanos) {
    /** Where a secret is read. */
    String secretPath(String path) {
        return version == 2 ? ApiPath.below(this.path, "data", path) : ApiPath.join(path);
    }

    /** Where a folder is listed. */
    String folderPath(String path) {
        return version == 2 ? ApiPath.below(this.path, "metadata", path) : ApiPath.join(path);
    }

    boolean covers(String cleanPath) {
        return (cleanPath + "/").startsWith(path);
    }

    boolean isSameAs(Mount other) {
        return path.equals(other.path) && version == other.version && told == other.told;
    }

    /** For {@link io.keyferry.engine.store.Reading#attributes}. */
    Map<String, String> attributes() {
        String kv = Integer.toString(version);
        return told ? Map.of("kv", kv, "mount", path) : Map.of("kv", kv);
    }
}
