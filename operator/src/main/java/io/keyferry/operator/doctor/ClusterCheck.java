package io.keyferry.operator.doctor;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the API server answers, and agrees about the time. */
public final class ClusterCheck implements Check {
    private static final String TOPIC = "API server";
    private static final String CLOCK = "clock";

    /** The API server tells whole seconds, and takes a moment to answer. */
    private static final Duration NOTICEABLE = Duration.ofSeconds(5);

    /** From here on tokens, SVIDs and signatures of requests are refused here and there. */
    private static final Duration HARMFUL = Duration.ofSeconds(60);

    private final ApiClient api;
    private final String address;
    private final TimeSource time;

    public ClusterCheck(ApiClient api, String address, TimeSource time) {
        this.api = api;
        this.address = address;
        this.time = time;
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try {
            String version = api.get("/version").path("gitVersion").asText();
            findings.add(Finding.ok(TOPIC, "%s answers, version %s".formatted(address, version)));
            api.clock().ifPresent(theirs -> findings.add(clock(theirs)));
        } catch (ApiException e) {
            findings.add(failure(e));
        }
        return findings;
    }

    private Finding failure(ApiException e) {
        String remedy = e.isUnreached()
                ? "check --kubeconfig or the pod's network policies; in a pod, that its ServiceAccount's token is mounted"
                : "check that the ServiceAccount's token is valid";
        return Finding.fail(TOPIC, "%s: %s".formatted(address, e.getMessage()), remedy);
    }

    private Finding clock(Instant theirs) {
        Duration ahead = Duration.between(theirs, time.now());
        Duration off = ahead.abs();
        if (off.compareTo(NOTICEABLE) <= 0) {
            return Finding.ok(CLOCK, "agrees with the API server's");
        }
        String text = "%d s %s the API server's".formatted(off.toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
        String remedy = "synchronise the node's clock (NTP): tokens, X.509-SVIDs and AWS's signatures depend on it";
        return off.compareTo(HARMFUL) > 0 ? Finding.fail(CLOCK, text, remedy) : Finding.warn(CLOCK, text, remedy);
    }

    /** Whether the API server answers at all. */
    public Optional<Finding> unreachable() throws InterruptedException {
        return run().stream()
                .filter(finding -> finding.topic().equals(TOPIC) && finding.grade() == Finding.Grade.FAIL)
                .findFirst();
    }
}
