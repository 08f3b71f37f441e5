package io.keyferry.dialect.vaultsync;

import java.util.List;

/**
 * Some keys of one Secret of the object's namespace.
 *
 * @param name the Secret's name
 * @param keys which keys; none selects none
 * @param prefix precedes each key's name in Vault
 */
record Selection(String name, List<String> keys, String prefix) {
    Selection {
        keys = List.copyOf(keys);
    }
}
