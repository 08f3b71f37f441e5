package io.keyferry.store.vault;

import java.util.Optional;

/** What this module takes for an address of a Vault. */
public final class VaultAddresses {
    private VaultAddresses() {}

    /** Why {@code text} is no address, without credentials that may be in it; empty if it is one. */
    public static Optional<String> problem(String text) {
        try {
            VaultAddress _ = VaultAddress.parse(text);
            return Optional.empty();
        } catch (VaultError e) {
            return Optional.of(e.text());
        }
    }
}
