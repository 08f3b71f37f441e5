package io.keyferry.dialect.vaultsync;

/**
 * Which cluster this is.
 *
 * @param name as the user calls it; may be empty
 * @param id what tells it from all others, the uid of its namespace {@code kube-system}; empty if it is not known
 */
public record Cluster(String name, String id) {
    boolean isCertain() {
        return !id.isEmpty();
    }

    /** Both, for marks and for people. */
    String text() {
        return name.isEmpty() || id.isEmpty() ? name + id : name + " (" + id + ")";
    }
}
