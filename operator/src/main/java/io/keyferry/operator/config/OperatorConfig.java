package io.keyferry.operator.config;

import io.keyferry.dialect.syncedsecret.SyncedSecretSettings;
import io.keyferry.dialect.vaultsecret.VaultSecretDefaults;
import io.keyferry.dialect.vsecmsecret.VSecMSecretSettings;
import io.keyferry.gotext.GoDuration;
import io.keyferry.store.aws.AwsConfig;
import io.keyferry.store.vault.VaultAddresses;
import io.keyferry.store.vault.VaultConfig;
import io.keyferry.store.vsecm.VsecmConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that can be configured.
 *
 * @param file the file that was read, if any; what it says about the log is followed while the program runs
 * @param dialects which dialects to run; empty for every one whose resources the API server knows
 * @param kubeconfig a kubeconfig file; empty for what a pod or kubectl would take
 * @param namespaces where to work; empty for everywhere
 * @param metrics where metrics are served
 * @param metricsCertificate the folder with the certificate and key that metrics are served over TLS with
 * @param health where probes are answered
 * @param leaderElection whether to work only while holding each dialect's lease
 * @param leaderElectionNamespace the leases' namespace; empty for the pod's
 * @param writes how many writes to the API server are under way at once
 * @param vsecm how to reach VSecM Safe, if that dialect may be wanted
 * @param vaultSync the vaultsync dialect, if it is asked for
 */
public record OperatorConfig(
        Optional<Path> file,
        Set<String> dialects,
        String kubeconfig,
        Set<String> namespaces,
        Optional<BindAddress> metrics,
        Optional<Path> metricsCertificate,
        Optional<BindAddress> health,
        boolean leaderElection,
        String leaderElectionNamespace,
        LogConfig log,
        int writes,
        VaultSecretDefaults vaultSecret,
        VaultConfig vault,
        SyncedSecretSettings syncedSecret,
        AwsConfig aws,
        VSecMSecretSettings vsecmSecret,
        Optional<VsecmConfig> vsecm,
        Optional<VaultSyncConfig> vaultSync) {
    /**
     * What hardly makes sense and ends no start, as it is no failure before a VaultSecret depends on it. The original is as
     * patient.
     */
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        VaultAddresses.problem(vaultSecret().address())
                .ifPresent(problem ->
                        doubts.add("VAULT_ADDR: %s; VaultSecrets without spec.addr cannot be read".formatted(problem)));
        try {
            Duration _ = GoDuration.parse(vaultSecret().reconcilePeriod());
        } catch (IllegalArgumentException e) {
            doubts.add("DEFAULT_RECONCILE_PERIOD: %s; VaultSecrets without spec.reconcilePeriod are invalid"
                    .formatted(e.getMessage()));
        }
        return List.copyOf(doubts);
    }
}
