package io.keyferry.operator.config;

import io.keyferry.dialect.vsecmsecret.Strictness;
import io.keyferry.dialect.vsecmsecret.VSecMSecretSettings;
import io.keyferry.gotext.GoDuration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The environment variables of the vsecmsecret dialect. One that is set but empty counts as unset. */
final class VSecMSecretEnvironment {
    private final Map<String, String> variables;

    VSecMSecretEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    VSecMSecretSettings settings() throws ConfigException {
        VSecMSecretSettings unset = VSecMSecretSettings.defaults();
        return new VSecMSecretSettings(
                duration("KEYFERRY_VSECM_SHORTEST_INTERVAL", unset.shortestInterval()),
                choice(
                        "KEYFERRY_VSECM_TENANCY",
                        Map.of("off", Strictness.OFF, "warn", Strictness.WARN, "enforce", Strictness.ENFORCE),
                        unset.tenancy()),
                choice(
                        "KEYFERRY_VSECM_EXPIRY",
                        Map.of("ignore", Strictness.OFF, "warn", Strictness.WARN, "block", Strictness.ENFORCE),
                        unset.expiry()),
                choice(
                        "KEYFERRY_VSECM_DELETION_POLICY",
                        Map.of("Retain", false, "Delete", true),
                        unset.deletesSecrets()),
                choice(
                        "KEYFERRY_VSECM_UPSTREAM_DELETION_POLICY",
                        Map.of("Retain", false, "Blank", true),
                        unset.blanksMissing()));
    }

    private Duration duration(String name, Duration unset) throws ConfigException {
        Optional<String> text = get(name);
        if (text.isEmpty()) {
            return unset;
        }
        try {
            Duration duration = GoDuration.parse(text.get());
            if (duration.isPositive()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw ConfigException.variable(name, text.get(), "is no duration: use one such as 10s");
        }
        throw ConfigException.variable(name, text.get(), "is not above 0: use a duration such as 10s");
    }

    private <T> T choice(String name, Map<String, T> choices, T unset) throws ConfigException {
        Optional<String> text = get(name);
        if (text.isEmpty()) {
            return unset;
        }
        T chosen = choices.get(text.get());
        if (chosen == null) {
            throw ConfigException.variable(
                    name,
                    text.get(),
                    "is none of %s"
                            .formatted(String.join(
                                    ", ", choices.keySet().stream().sorted().toList())));
        }
        return chosen;
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
