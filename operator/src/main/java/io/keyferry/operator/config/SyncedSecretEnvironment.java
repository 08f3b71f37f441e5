package io.keyferry.operator.config;

import io.keyferry.dialect.syncedsecret.SyncedSecretSettings;
import io.keyferry.store.aws.AwsConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * The environment variables that the syncedsecret dialect's original reads, by their exact names, and those of Keyferry
 * for this dialect. One that is set but empty counts as unset.
 */
final class SyncedSecretEnvironment {
    private static final String EVENT_QUEUE = "KEYFERRY_AWS_EVENT_QUEUE";
    private static final long DEFAULT_POLL = 300;
    /** A century: whoever writes more means never. */
    private static final long LONGEST = 100L * 365 * 24 * 3600;

    private static final long DEFAULT_SYNC = 120;

    private final Lookup variables;

    SyncedSecretEnvironment(Lookup variables) {
        this.variables = variables;
    }

    SyncedSecretSettings settings() {
        long poll = seconds("POLL_INTERVAL_SEC", DEFAULT_POLL);
        if (poll <= 0) {
            poll = variables.wrong("POLL_INTERVAL_SEC", Long.toString(poll), "must be above 0", DEFAULT_POLL);
        }
        // Nothing is synced by the clock; what the original ends at ends the start here, too.
        long _ = seconds("SYNC_INTERVAL_SEC", DEFAULT_SYNC);
        return new SyncedSecretSettings(
                variables.text("NS_ANNOTATION").orElse("iam.amazonaws.com/allowed-roles"),
                Duration.ofSeconds(Math.min(poll, LONGEST)),
                partition(),
                variables.isOn("KEYFERRY_STRICT_VALUES"));
    }

    AwsConfig store() {
        return new AwsConfig(variables.text("POLL_DEFAULT_SEARCH_ROLE").orElse(""), queue());
    }

    private Optional<String> queue() {
        Optional<String> queue = variables.text(EVENT_QUEUE);
        return queue.isEmpty() || queue.get().matches("https?://[^/\\s]+/\\S+")
                ? queue
                : variables.wrong(
                        EVENT_QUEUE,
                        queue.get(),
                        "is no queue's URL: write https://sqs.REGION.amazonaws.com/ACCOUNT/NAME",
                        Optional.empty());
    }

    /** AWS's own partitions can be told by their regions' names. */
    private String partition() {
        String region = variables
                .text("AWS_REGION")
                .or(() -> variables.text("AWS_DEFAULT_REGION"))
                .orElse("");
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    private long seconds(String name, long unset) {
        Optional<String> text = variables.text(name);
        if (text.isEmpty()) {
            return unset;
        }
        try {
            return Long.parseLong(text.get());
        } catch (NumberFormatException e) {
            return variables.wrong(name, text.get(), "is no number of seconds", unset);
        }
    }
}
