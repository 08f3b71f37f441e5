package io.keyferry.operator;

import io.keyferry.dialect.vaultsync.Cluster;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.dialect.vaultsync.VaultSyncReports;
import io.keyferry.engine.settings.SettingsException;
import io.keyferry.kubernetes.annotated.AnnotatedController;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.event.EventWriter;
import io.keyferry.kubernetes.lease.Election;
import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.VaultSyncConfig;
import io.keyferry.operator.metrics.VaultSyncSeries;
import io.keyferry.store.vault.VaultTargets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The vaultsync dialect and what it needs: its Vault, its controller, its metrics. */
final class VaultSync implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VaultSync.class);
    private static final String ANY_CLUSTER = "/api/v1/namespaces/kube-system";

    private final VaultSyncConfig config;
    private final Wiring wiring;
    private final VaultSyncSeries metrics;
    private final VaultTargets vault;
    private final Claims<String> claims = new Claims<>();
    private volatile String told = "";

    /** @throws ConfigException if Vault's address makes no sense; that Vault is away is no failure */
    VaultSync(VaultSyncConfig config, Wiring wiring) throws ConfigException {
        this.config = config;
        this.wiring = wiring;
        metrics = wiring.metrics().vaultSync(System.getenv());
        try {
            vault = new VaultTargets(
                    config.vault(),
                    config.login(),
                    wiring.fingerprinter(),
                    wiring.time(),
                    wiring.timers(),
                    wiring.remote(),
                    wiring.tenure(),
                    metrics);
        } catch (SettingsException e) {
            throw new ConfigException(ConfigException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    /** Logs in in the background, so that who looks at the log sees at once whether it works. */
    void logIn() {
        wiring.remote().execute(() -> {
            try {
                vault.login()
                        .ifPresentOrElse(
                                problem ->
                                        LOG.error("unable to initialize vault client: {}; it is tried again", problem),
                                () -> LOG.info("logged in to vault"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** What is wrong with Vault, if anything; a change of it is logged. */
    Optional<String> problem() throws InterruptedException {
        Optional<String> problem = vault.problem();
        String now = problem.orElse("");
        if (!now.equals(told)) {
            told = now;
            if (!now.isEmpty()) {
                LOG.error("vault is not ready: {}", now);
            }
        }
        return problem;
    }

    VaultSyncDialect dialect() throws InterruptedException {
        return new VaultSyncDialect(
                config.settings(),
                new Cluster(config.settings().clusterName(), clusterId()),
                new RemoteVaultPaths(vault, wiring.remote(), wiring.admission()),
                claims,
                new VaultSyncReports(config.settings(), wiring.secretIndex()::resourceVersion, metrics, wiring.time()));
    }

    /** @return what tells this cluster from others; empty if this ServiceAccount may not know */
    private String clusterId() throws InterruptedException {
        try {
            return wiring.api().get(ANY_CLUSTER).at("/metadata/uid").asText();
        } catch (ApiException e) {
            LOG.warn(
                    "cannot tell this cluster from others ({}): allow to get namespace kube-system, or objects that are made anew do not know their vault paths",
                    e.getMessage());
            return "";
        }
    }

    AnnotatedController controller(
            VaultSyncDialect dialect,
            EventWriter events,
            Optional<Election> election,
            Runnable onLeading,
            Runnable onLost) {
        return new AnnotatedController(
                dialect,
                new AnnotatedController.Surroundings(
                        wiring.client(),
                        wiring.api(),
                        wiring.gate(),
                        wiring.config().namespaces(),
                        wiring.admission(),
                        wiring.timers(),
                        wiring.engine(),
                        claims,
                        wiring.secretIndex(),
                        wiring.secretMetadata(),
                        wiring.wakeUps(),
                        wiring.time(),
                        wiring.random(),
                        wiring.metrics(),
                        election,
                        onLeading,
                        onLost),
                events);
    }

    @Override
    public void close() {
        vault.close();
    }
}
