package io.keyferry.acceptance;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.vsecm.FakeWorkloadApi;
import io.keyferry.testkit.vsecm.StandInSafe;
import io.keyferry.testkit.vsecm.TestAuthority;
import io.keyferry.testkit.vsecm.TestSvid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a test of VSecMSecrets sees: a namespace, a Safe, and an agent that makes the operator a workload, of its own. */
public final class SafeWorld implements AutoCloseable {
    public static final String OPERATOR = "vsecm-operator";
    public static final String SCOUT = "vsecm-scout";

    private static final ResourceDefinitionContext VSECM_SECRETS = new ResourceDefinitionContext.Builder()
            .withGroup("vsecm.com")
            .withVersion("v1alpha1")
            .withKind("VSecMSecret")
            .withPlural("vsecmsecrets")
            .withNamespaced(true)
            .build();

    public final Cluster cluster;
    public final Place place;
    public final TestAuthority authority = new TestAuthority("authority");
    public final StandInSafe safe = StandInSafe.start(authority);
    public final FakeWorkloadApi agent;
    private final Path folder;

    public SafeWorld(Cluster cluster) {
        this.cluster = cluster;
        this.place = Place.in(cluster, VSECM_SECRETS);
        try {
            // Paths of sockets must be short.
            folder = Files.createTempDirectory("kf");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        agent = FakeWorkloadApi.start(folder.resolve("agent.sock"));
        be(OPERATOR);
    }

    public static void installCrds(Cluster cluster) {
        cluster.applyCrds(Place.root().resolve("deploy/crds/vsecmsecrets.yaml"));
    }

    /** Makes the operator a workload of this name, by a new SVID. */
    public TestSvid be(String name) {
        TestSvid svid = authority.issue(id(name));
        agent.issue(svid);
        return svid;
    }

    public static String id(String name) {
        return "spiffe://vsecm.com/workload/%s/ns/vsecm-system/sa/%s/n/pod".formatted(name, name);
    }

    /** The folder that the agent's socket is in. */
    public Path folder() {
        return folder;
    }

    /** An operator for this world alone that looks again as often as it is asked to. */
    public OperatorProcess.Builder operator() {
        return OperatorProcess.operator()
                .kubeconfig(cluster.kubeconfig())
                .environment("SPIFFE_ENDPOINT_SOCKET", agent.address())
                .environment("KEYFERRY_VSECM_SHORTEST_INTERVAL", "100ms")
                .arguments("--leader-elect=false", "--dialects=vsecmsecret", "--namespace=" + place.namespace());
    }

    public OperatorProcess start() {
        OperatorProcess operator = operator().start();
        operator.awaitReady(Place.SOON);
        return operator;
    }

    /** A spec whose target is called as the object, with entries {@code key=ref}. */
    public Map<String, Object> spec(String target, String interval, String... entries) {
        Map<String, Object> spec = new TreeMap<>();
        spec.put("vsecmSafeURL", safe.address().toString());
        spec.put("secretType", "k8s");
        spec.put("refreshInterval", interval);
        spec.put("target", Map.of("name", target));
        spec.put("data", items(entries));
        return spec;
    }

    public static List<Map<String, String>> items(String... entries) {
        List<Map<String, String>> items = new ArrayList<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            items.add(Map.of("key", entry.substring(0, equals), "ref", entry.substring(equals + 1)));
        }
        return items;
    }

    public void create(String name, String interval, String... entries) {
        place.create(name, spec(name, interval, entries));
    }

    /** The status and reason of a condition, as {@code True Synced}; empty if there is none. */
    public String condition(String name, String type) {
        return find(name, type)
                .map(condition -> condition.get("status") + " " + condition.get("reason"))
                .orElse("");
    }

    /** The message of a condition; empty if there is none. */
    public String message(String name, String type) {
        return find(name, type)
                .map(condition -> String.valueOf(condition.get("message")))
                .orElse("");
    }

    public void awaitCondition(String name, String type, String wanted) {
        await("condition %s of %s".formatted(type, name))
                .atMost(Place.SOON)
                .until(() -> condition(name, type).equals(wanted));
    }

    /** Waits until the status is about this generation of the object. */
    public void awaitGeneration(String name, int generation) {
        await("generation %d of %s".formatted(generation, name))
                .atMost(Place.SOON)
                .until(() -> {
                    Object observed = place.object(name).get("status", "observedGeneration");
                    return observed instanceof Number number && number.intValue() == generation;
                });
    }

    /** Waits until a Secret has an owner, as policy {@code Delete} wants it. */
    public void awaitMark(String secret) {
        await("owner of Secret " + secret)
                .atMost(Place.SOON)
                .until(() -> !place.requireSecret(secret)
                        .getMetadata()
                        .getOwnerReferences()
                        .isEmpty());
    }

    private Optional<Map<?, ?>> find(String name, String type) {
        Object conditions = place.object(name).get("status", "conditions");
        if (conditions instanceof List<?> list) {
            for (Object condition : list) {
                if (condition instanceof Map<?, ?> map && type.equals(map.get("type"))) {
                    return Optional.of(map);
                }
            }
        }
        return Optional.empty();
    }

    /** Waits until Safe was asked this many times more. */
    public void awaitFetches(int more) {
        int before = safe.requests().size();
        await("fetches").atMost(Place.SOON).until(() -> safe.requests().size() >= before + more);
    }

    /** A secret as the Sentinel registers it. */
    public void register(String name, String value, List<String> namespaces, Instant notBefore, Instant expires) {
        safe.put(Map.of(
                "workloads",
                List.of(name),
                "value",
                value,
                "namespaces",
                namespaces,
                "notBefore",
                notBefore.toString(),
                "expires",
                expires.toString()));
    }

    @Override
    public void close() {
        place.close();
        safe.close();
        agent.close();
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
