package io.keyferry.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.RecordedRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operator at work on many objects that are there when it starts. */
final class Fleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration GOODBYE = Duration.ofSeconds(20);
    private static final int CHANGED = 7;
    private static final int DEPENDENTS = 20;

    private final Servers servers;
    private final Workload workload;
    private final Options options;
    private final Arrivals secrets;
    private final Arrivals statuses;
    private final Watch secretWatch;
    private final Watch statusWatch;
    private volatile Set<String> awaited = Set.of();
    private volatile Arrivals changed = new Arrivals(0);
    private final OperatorProcess operator;
    private final long started;
    private final Instant startedAt;
    private final Map<String, Long> before;

    private Fleet(Servers servers, Workload workload, Options options) throws IOException, InterruptedException {
        this.servers = servers;
        this.workload = workload;
        this.options = options;
        secrets = new Arrivals(workload.objects());
        statuses = new Arrivals(workload.objects());
        secretWatch = Watch.on(servers.api(), Workload.secretsIn(Workload.NAMESPACE), this::secret);
        statusWatch = Watch.on(servers.api(), Workload.VAULT_SECRETS, this::vaultSecret);
        before = servers.settledCounts();
        servers.vault().proxy().forget();
        startedAt = Instant.now();
        started = System.nanoTime();
        operator = operator();
    }

    /** Warms up and seeds the servers, and starts the operator when they are done. */
    static Fleet start(Servers servers, Workload workload, Options options) throws IOException, InterruptedException {
        WarmUp.run(servers, workload.objects());
        servers.seed(workload.secrets());
        servers.namespace(Workload.NAMESPACE);
        String token = servers.readToken();
        try (LeanWriter writer = new LeanWriter(servers.api())) {
            Duration _ = writer.create(
                    Workload.VAULT_SECRETS,
                    workload.vaultSecrets(servers.mount().name(), token));
        }
        return new Fleet(servers, workload, options);
    }

    private OperatorProcess operator() {
        OperatorProcess.Builder builder = OperatorProcess.operator()
                .kubeconfig(servers.cluster().kubeconfig())
                .arguments("--leader-elect=false")
                .environment("VAULT_ADDR", servers.vault().address())
                .environment("KEYFERRY_JAVA_OPTS", options.javaOptions());
        options.heap().ifPresent(heap -> builder.environment("KEYFERRY_HEAP", heap));
        return builder.start();
    }

    /**
     * From the operator's start to the last status.
     *
     * @param secrets until all Secrets existed, from the start of the process
     * @param ready until it said that it was ready
     * @param writing from the first Secret to the last
     * @param statuses until all objects had a status
     * @param usage at that moment
     * @param ownCalls the API server's answers that the operator itself has counted
     */
    record Cold(
            Duration secrets,
            Duration ready,
            Duration writing,
            Duration statuses,
            Usage usage,
            Counts counts,
            double ownCalls) {}

    Cold cold() throws IOException, InterruptedException {
        operator.awaitReady(PATIENCE);
        Duration ready = Duration.ofNanos(System.nanoTime() - started);
        secrets.await("Secrets", PATIENCE);
        statuses.await("statuses", PATIENCE);
        Usage usage = Usage.of(operator.pid());
        Counts counts = Counts.between(
                before, servers.settledCounts(), servers.vault().proxy().requests());
        Duration all = secrets.lastSince(started);
        return new Cold(
                all,
                ready,
                all.minus(secrets.firstSince(started)),
                statuses.lastSince(started),
                usage,
                counts,
                ownCalls());
    }

    private double ownCalls() throws IOException {
        return operator.metrics().sum("rest_client_requests_total", Map.of());
    }

    /**
     * A while without changes.
     *
     * @param cpuSeconds that the operator used in it
     * @param usage at its end
     */
    record Rest(Duration length, double cpuSeconds, Usage usage, Counts counts, double ownCalls) {}

    /** Lets one period pass, so that every object has been looked at again, and measures the next. */
    Rest rest() throws IOException, InterruptedException {
        Duration period = Duration.ofSeconds(workload.period());
        Thread.sleep(period);
        Map<String, Long> counted = servers.cluster().requestCounts();
        Usage usage = Usage.of(operator.pid());
        double own = ownCalls();
        servers.vault().proxy().forget();
        Thread.sleep(period);
        List<RecordedRequest> vault = servers.vault().proxy().requests();
        Usage after = Usage.of(operator.pid());
        Counts counts = Counts.between(counted, servers.cluster().requestCounts(), vault);
        return new Rest(period, after.cpuSeconds() - usage.cpuSeconds(), after, counts, ownCalls() - own);
    }

    /**
     * A value that changed in Vault.
     *
     * @param dependents how many Secrets had to follow
     * @param poll from the change to the first read after it
     * @param follow from that read until the last of them had the value
     */
    record Changed(int dependents, Duration poll, Duration follow) {}

    Changed change() throws InterruptedException {
        int secret = CHANGED % workload.secrets();
        List<String> names = workload.dependents(secret, DEPENDENTS);
        changed = new Arrivals(names.size());
        awaited = new HashSet<>(names);
        servers.vault().proxy().forget();
        String path = "/v1/" + servers.mount().name() + "/data/" + Workload.vaultPath(secret);
        Instant changedAt = Instant.now();
        long nanos = System.nanoTime();
        servers.mount().put(Workload.vaultPath(secret), Workload.value(secret, 1));
        changed.await("changed Secrets", Duration.ofSeconds(2L * workload.period() + 30));
        Instant read = servers.vault().proxy().requests().stream()
                .filter(request -> request.path().equals(path))
                .map(RecordedRequest::time)
                .findFirst()
                .orElseThrow();
        Duration poll = Duration.between(changedAt, read);
        return new Changed(names.size(), poll, changed.lastSince(nanos).minus(poll));
    }

    /** A Secret that the operator made, to make others like it. */
    ObjectNode likeness() {
        return Workload.likeness(Serialization.asJson(servers.cluster()
                .client()
                .secrets()
                .inNamespace(Workload.NAMESPACE)
                .withName(Workload.name(0))
                .require()));
    }

    List<String> javaOptions() throws IOException {
        return Usage.javaOptions(operator.pid());
    }

    /** From the operator's start to a line of its log. */
    Duration logged(String message) {
        return operator.lines().stream()
                .filter(line -> line.startsWith("{"))
                .map(Workload::read)
                .filter(line -> line.path("msg").asText().startsWith(message))
                .map(line -> Duration.between(
                        startedAt, Instant.parse(line.path("ts").asText())))
                .findFirst()
                .orElseThrow();
    }

    private void secret(Watch.Event event) {
        secrets.add(event.name());
        if (event.is("MODIFIED") && awaited.contains(event.name())) {
            changed.add(event.name());
        }
    }

    private void vaultSecret(Watch.Event event) {
        if (event.json().contains("\"lastUpdated\"")) {
            statuses.add(event.name());
        }
    }

    @Override
    public void close() {
        try {
            operator.terminate();
            int _ = operator.awaitExit(GOODBYE);
        } finally {
            operator.close();
        }
        secretWatch.close();
        statusWatch.close();
    }
}
