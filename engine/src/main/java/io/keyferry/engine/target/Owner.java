package io.keyferry.engine.target;

/**
 * Who a place belongs to.
 *
 * @param group the API group of its kind, empty for the core group
 * @param kind for example {@code VaultSecret}
 * @param name the owner's name, for people
 * @param uid what tells owners apart
 */
public record Owner(String group, String kind, String name, String uid) {
    @Override
    public String toString() {
        return (group.isEmpty() ? kind : kind + "." + group) + " " + name;
    }
}
