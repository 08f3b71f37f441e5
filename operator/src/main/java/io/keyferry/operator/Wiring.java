package io.keyferry.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.engine.Engine;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.read.ReadPlane;
import io.keyferry.engine.read.ReadPolicy;
import io.keyferry.engine.read.StoreLimits;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.target.Differ;
import io.keyferry.engine.time.SystemTimers;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.WriteGate;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.controller.Admission;
import io.keyferry.kubernetes.controller.WakeUps;
import io.keyferry.kubernetes.event.EventWriter;
import io.keyferry.kubernetes.namespace.NamespaceSource;
import io.keyferry.kubernetes.namespace.NamespaceWatch;
import io.keyferry.kubernetes.secret.NotePrefixes;
import io.keyferry.kubernetes.secret.SecretIndex;
import io.keyferry.kubernetes.secret.SecretMetadata;
import io.keyferry.kubernetes.secret.SecretName;
import io.keyferry.kubernetes.secret.SecretSource;
import io.keyferry.kubernetes.secret.SecretTargets;
import io.keyferry.kubernetes.secret.SecretWatch;
import io.keyferry.kubernetes.status.StatusWriter;
import io.keyferry.kubernetes.token.ServiceAccountTokens;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.operator.metrics.OperatorMetrics;
import io.keyferry.store.aws.AwsStore;
import io.keyferry.store.vault.VaultStore;
import io.keyferry.store.vsecm.VsecmStore;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of the program and what each of them needs. Reads as the picture of the program, from the edges inwards. */
final class Wiring implements AutoCloseable {
    /** Reconciles at once; what they write passes a narrower gate. */
    private static final int RECONCILES = 64;

    private final OperatorConfig config;
    private final KubernetesClient client;
    private final OperatorMetrics metrics;
    private final Tenure tenure;
    private final TimeSource time = TimeSource.system();
    private final SystemTimers timers = new SystemTimers("timers");
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Fingerprinter fingerprinter = Fingerprinter.random();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    private final ApiClient api;
    private final WriteGate gate;
    private final Admission admission;
    private final SecretIndex secretIndex;
    private final SecretWatch secretWatch;
    private final SecretTargets secretTargets;
    private final Claims<SecretName> claims = new Claims<>();
    private final StatusWriter statuses;

    private final AwsStore aws;
    private final AwsEvents awsEvents;
    private final NamespaceWatch namespaceWatch;
    private final Optional<Vsecm> vsecm;

    private final WakeUps wakeUps = new WakeUps();
    private final ReadPlane reads;
    private final Engine engine;

    Wiring(OperatorConfig config, KubernetesClient client, OperatorMetrics metrics, Tenure tenure, Health health) {
        this.config = config;
        this.client = client;
        this.metrics = metrics;
        this.tenure = tenure;

        api = new ApiClient(client);
        secretIndex = new SecretIndex(config.vaultSync().isPresent() ? VaultSyncDialect.PREFIXES : NotePrefixes.none());
        gate = new WriteGate(config.writes(), time);
        admission = new Admission(RECONCILES, gate::quietened);
        gate.announce(admission::isBusy);
        secretWatch = new SecretWatch(api, config.namespaces(), secretIndex, fingerprinter, timers, random);
        secretTargets = new SecretTargets(api, gate, secretIndex, fingerprinter);
        statuses = new StatusWriter(api, gate, time);

        VaultStore vault = new VaultStore(config.vault(), new ApiServerTokens(new ServiceAccountTokens(api)), time);
        SecretSource secrets = new SecretSource(api);
        NamespaceSource namespaces = new NamespaceSource(api);
        aws = new AwsStore(config.aws(), time);
        vsecm = config.vsecm().map(settings -> new Vsecm(settings, metrics, health, time, timers));
        reads = new ReadPlane(
                Stream.concat(Stream.of(vault, secrets, namespaces, aws), vsecm.map(Vsecm::store).stream())
                        .collect(Collectors.toMap(SecretStore::kind, Function.identity())),
                ReadPolicy.defaults(),
                StoreLimits.defaults(),
                fingerprinter,
                time,
                timers,
                readers,
                random,
                wakeUps,
                metrics,
                admission::isBusy);
        vsecm.ifPresent(safe -> safe.onIdentityChange(() -> readers.execute(() -> reads.changed(VsecmStore.KIND))));
        awsEvents = new AwsEvents(aws, reads, metrics, time, timers);
        engine = new Engine(reads, admission, new Differ(fingerprinter), time, metrics);

        secretIndex.listen(secret -> {
            wakeClaimants(secret);
            announce(secret);
        });
        secretIndex.listenToOwn(this::announce);
        namespaceWatch = new NamespaceWatch(
                client, name -> reads.changed(NamespaceSource.ACCESS, NamespaceSource.reference(name)));
        metrics.watchedKeys(reads::watchedKeys);
        metrics.knownSecrets(secretIndex::size);
        metrics.statusBacklog(statuses::backlog);
    }

    private void wakeClaimants(SecretName secret) {
        wakeUps.wake(claims.claimants(secret));
    }

    /** Tells those who read a Secret. */
    private void announce(SecretName secret) {
        reads.changed(SecretSource.ACCESS, SecretSource.reference(secret));
    }

    /** Watches namespaces, and makes sure that AWS can be asked what there is. */
    void prepareAws() throws StoreException, InterruptedException {
        namespaceWatch.start();
        Reading _ = aws.read(AwsStore.OPERATOR, Reference.listing(""));
    }

    /** Listens to what AWS tells by itself. To be done by none but the leader, for a message reaches only one. */
    void listenToAws() {
        awsEvents.start();
    }

    /** @throws IllegalStateException if the configuration rules it out */
    Vsecm vsecm() {
        return vsecm.orElseThrow(() -> new IllegalStateException("the vsecmsecret dialect is not wanted"));
    }

    EventWriter events(String component) {
        return new EventWriter(api, gate, time, component, metrics::eventDropped);
    }

    SecretIndex secretIndex() {
        return secretIndex;
    }

    SecretMetadata secretMetadata() {
        return new SecretMetadata(api, secretIndex, fingerprinter);
    }

    WriteGate gate() {
        return gate;
    }

    SystemTimers timers() {
        return timers;
    }

    /** Runs what blocks on remote systems. */
    ExecutorService remote() {
        return readers;
    }

    Fingerprinter fingerprinter() {
        return fingerprinter;
    }

    OperatorConfig config() {
        return config;
    }

    KubernetesClient client() {
        return client;
    }

    ApiClient api() {
        return api;
    }

    OperatorMetrics metrics() {
        return metrics;
    }

    Tenure tenure() {
        return tenure;
    }

    TimeSource time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    Admission admission() {
        return admission;
    }

    Engine engine() {
        return engine;
    }

    SecretWatch secretWatch() {
        return secretWatch;
    }

    SecretTargets secretTargets() {
        return secretTargets;
    }

    Claims<SecretName> claims() {
        return claims;
    }

    WakeUps wakeUps() {
        return wakeUps;
    }

    StatusWriter statuses() {
        return statuses;
    }

    /** Ends what runs in the background, reads first, so that nothing new is written. */
    @Override
    public void close() {
        awsEvents.close();
        reads.close();
        timers.close();
        readers.shutdownNow();
        statuses.close();
        secretWatch.close();
        namespaceWatch.close();
        aws.close();
        vsecm.ifPresent(Vsecm::close);
    }
}
