package io.keyferry.engine.target;

/**
 * Who a place belongs to.
 *
 * @param kind for example {@code VaultSecret}
 * @param name the owner's name, for people
 * @param uid what tells owners apart
 */
public record Owner(String kind, String name, String uid) {
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
