package io.keyferry.operator.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.lease.Election;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Who leads. */
public final class LeasesCheck implements Check {
    private static final String TOPIC = "leader";

    private final ApiClient api;
    private final String namespace;
    private final List<String> leases;
    private final TimeSource time;

    public LeasesCheck(ApiClient api, String namespace, List<String> leases, TimeSource time) {
        this.api = api;
        this.namespace = namespace;
        this.leases = List.copyOf(leases);
        this.time = time;
    }

    /** The path of a lease's object. */
    static String path(String namespace, String name) {
        return "/apis/coordination.k8s.io/v1/namespaces/%s/leases/%s".formatted(namespace, name);
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (String lease : leases) {
            findings.add(check(lease));
        }
        return findings;
    }

    private Finding check(String lease) throws InterruptedException {
        String named = "lease %s/%s ".formatted(namespace, lease);
        try {
            JsonNode spec = api.get(path(namespace, lease)).path("spec");
            String holder = spec.path("holderIdentity").asText();
            if (holder.isEmpty()) {
                return Finding.warn(TOPIC, named + "is held by nobody", "start the operator");
            }
            Duration age = Duration.between(renewed(spec), time.now().atOffset(ZoneOffset.UTC));
            String held = named + "is held by %s, renewed %d s ago".formatted(holder, Math.max(0, age.toSeconds()));
            return age.compareTo(Election.DURATION) > 0
                    ? Finding.warn(TOPIC, held, "start the operator; if it runs, look into its log")
                    : Finding.ok(TOPIC, held);
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return Finding.warn(
                        TOPIC,
                        named + "is not there: no operator has run here with these dialects",
                        "start the operator, or name the namespace it runs in with --leader-election-namespace");
            }
            return Finding.warn(TOPIC, named + "cannot be read: " + e.getMessage(), "see what is said about rights");
        } catch (DateTimeParseException e) {
            return Finding.warn(TOPIC, named + "was never renewed", "start the operator");
        }
    }

    private static OffsetDateTime renewed(JsonNode spec) {
        return OffsetDateTime.parse(spec.path("renewTime").asText());
    }
}
