package io.keyferry.operator.config;

import io.keyferry.dialect.vsecmsecret.Strictness;
import io.keyferry.dialect.vsecmsecret.VSecMSecretSettings;
import io.keyferry.gotext.GoDuration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The environment variables of the vsecmsecret dialect. One that is set but empty counts as unset. */
final class VSecMSecretEnvironment {
    private final Lookup variables;

    VSecMSecretEnvironment(Lookup variables) {
        this.variables = variables;
    }

    VSecMSecretSettings settings() {
        VSecMSecretSettings unset = VSecMSecretSettings.defaults();
        return new VSecMSecretSettings(
                duration("KEYFERRY_VSECM_SHORTEST_INTERVAL", unset.shortestInterval()),
                variables.choice(
                        "KEYFERRY_VSECM_TENANCY",
                        Map.of("off", Strictness.OFF, "warn", Strictness.WARN, "enforce", Strictness.ENFORCE),
                        unset.tenancy()),
                variables.choice(
                        "KEYFERRY_VSECM_EXPIRY",
                        Map.of("ignore", Strictness.OFF, "warn", Strictness.WARN, "block", Strictness.ENFORCE),
                        unset.expiry()),
                variables.choice(
                        "KEYFERRY_VSECM_DELETION_POLICY",
                        Map.of("Retain", false, "Delete", true),
                        unset.deletesSecrets()),
                variables.choice(
                        "KEYFERRY_VSECM_UPSTREAM_DELETION_POLICY",
                        Map.of("Retain", false, "Blank", true),
                        unset.blanksMissing()));
    }

    private Duration duration(String name, Duration unset) {
        Optional<String> text = variables.text(name);
        if (text.isEmpty()) {
            return unset;
        }
        try {
            Duration duration = GoDuration.parse(text.get());
            return duration.isPositive()
                    ? duration
                    : variables.wrong(name, text.get(), "is not above 0: use a duration such as 10s", unset);
        } catch (IllegalArgumentException e) {
            return variables.wrong(name, text.get(), "is no duration: use one such as 10s", unset);
        }
    }
}
