package io.keyferry.operator.config;

import io.keyferry.dialect.syncedsecret.SyncedSecretSettings;
import io.keyferry.store.aws.AwsConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables that the syncedsecret dialect's original reads, by their exact names, and those of Keyferry
 * for this dialect. One that is set but empty counts as unset.
 */
final class SyncedSecretEnvironment {
    private static final long DEFAULT_POLL = 300;
    /** A century: whoever writes more means never. */
    private static final long LONGEST = 100L * 365 * 24 * 3600;

    private static final long DEFAULT_SYNC = 120;

    private final Map<String, String> variables;

    SyncedSecretEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    SyncedSecretSettings settings() throws ConfigException {
        long poll = seconds("POLL_INTERVAL_SEC", DEFAULT_POLL);
        if (poll <= 0) {
            throw ConfigException.variable("POLL_INTERVAL_SEC", Long.toString(poll), "must be above 0");
        }
        // Nothing is synced by the clock; what the original ends at ends the start here, too.
        long _ = seconds("SYNC_INTERVAL_SEC", DEFAULT_SYNC);
        return new SyncedSecretSettings(
                get("NS_ANNOTATION").orElse("iam.amazonaws.com/allowed-roles"),
                Duration.ofSeconds(Math.min(poll, LONGEST)),
                partition(),
                isOn("KEYFERRY_STRICT_VALUES"));
    }

    AwsConfig store() {
        return new AwsConfig(get("POLL_DEFAULT_SEARCH_ROLE").orElse(""), get("KEYFERRY_AWS_EVENT_QUEUE"));
    }

    /** AWS's own partitions can be told by their regions' names. */
    private String partition() {
        String region = get("AWS_REGION").or(() -> get("AWS_DEFAULT_REGION")).orElse("");
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    private long seconds(String name, long unset) throws ConfigException {
        Optional<String> text = get(name);
        if (text.isEmpty()) {
            return unset;
        }
        try {
            return Long.parseLong(text.get());
        } catch (NumberFormatException e) {
            throw ConfigException.variable(name, text.get(), "is no number of seconds");
        }
    }

    private boolean isOn(String name) throws ConfigException {
        String text = get(name).orElse("false");
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw ConfigException.variable(name, text, "is neither true nor false");
        };
    }
}
