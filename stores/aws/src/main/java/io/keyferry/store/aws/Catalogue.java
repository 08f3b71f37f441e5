package io.keyferry.store.aws;

import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names and ARNs as the last listing knows them. A name means the listed secret only to those who look for it in the
 * listed secret's account.
 */
final class Catalogue {
    private final Map<String, String> arns;

    Catalogue(Reading.Inventory inventory) {
        this(new HashMap<>());
        inventory.items().forEach((name, item) -> arns.put(name, item.id()));
    }

    private Catalogue(Map<String, String> arns) {
        this.arns = arns;
    }

    static Catalogue empty() {
        return new Catalogue(new Reading.Inventory(Map.of(), Map.of()));
    }

    /** The ARN of what {@code name} means to {@code identity}, if the listing tells. */
    Optional<String> arn(Identity identity, String name, boolean listedAsOperator) {
        return Optional.ofNullable(arns.get(name)).filter(arn -> isAtHome(identity, arn, listedAsOperator));
    }

    /** The same, but for a secret that turned out to be gone: its name may mean another one by now. */
    Catalogue without(String arn) {
        if (!arns.containsValue(arn)) {
            return this;
        }
        Map<String, String> others = new HashMap<>(arns);
        others.values().remove(arn);
        return new Catalogue(others);
    }

    private static boolean isAtHome(Identity identity, String arn, boolean listedAsOperator) {
        return switch (identity) {
            case Identity.Ambient _ -> listedAsOperator;
            case Identity.Role role -> account(role.name()).equals(account(arn));
            case Identity.Token _, Identity.ServiceAccount _ -> false;
        };
    }

    private static Optional<String> account(String arn) {
        return Arn.parse(arn).map(Arn::account);
    }
}
