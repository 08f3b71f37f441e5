package io.keyferry.dialect.vaultsecret;

/**
 * One entry of {@code spec.paths}.
 *
 * @param base the path without one leading {@code /} and, if it is recursive, without the final {@code *}
 * @param recursive whether all secrets below are meant
 * @param prefix put before what the source gives
 */
record SourcePath(String base, boolean recursive, String prefix) {
    /** @throws IllegalArgumentException if there is no path */
    static SourcePath parse(String path, String prefix) {
        String stripped = path.startsWith("/") ? path.substring(1) : path;
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("is empty: name a secret, or a folder followed by *");
        }
        return stripped.endsWith("*")
                ? new SourcePath(stripped.substring(0, stripped.length() - 1), true, prefix)
                : new SourcePath(stripped, false, prefix);
    }

    /** What is left of a secret's path without the base. */
    String relative(String secretPath) {
        return secretPath.startsWith(base) ? secretPath.substring(base.length()) : secretPath;
    }
}
