package io.keyferry.operator;

import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.settings.SettingsException;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.target.WriteFence;
import io.keyferry.engine.time.SystemTimers;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.operator.config.Masking;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.operator.config.VaultSyncConfig;
import io.keyferry.operator.doctor.Check;
import io.keyferry.operator.doctor.Finding;
import io.keyferry.store.aws.AwsStore;
import io.keyferry.store.vault.VaultHealth;
import io.keyferry.store.vault.VaultObserver;
import io.keyferry.store.vault.VaultTargets;
import io.keyferry.store.vsecm.VsecmConfig;
import io.keyferry.store.vsecm.VsecmStore;
import io.keyferry.store.vsecm.spiffe.SvidState.Svid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Whether the dialects' stores answer, and know the operator. */
final class StoreChecks {
    private static final String VAULT = "Vault";
    private static final String AWS = "AWS";
    private static final String WORKLOAD_API = "Workload API";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final OperatorConfig config;
    private final TimeSource time;

    StoreChecks(OperatorConfig config, TimeSource time) {
        this.config = config;
        this.time = time;
    }

    /** The Vault that VaultSecrets read from unless they name another. Each of them logs in by itself. */
    Check vault() {
        return () -> {
            String address = Masking.of(config.vaultSecret().address());
            Optional<String> problem = new VaultHealth(config.vault(), time)
                    .problem(config.vaultSecret().address());
            return List.of(problem.map(
                            text -> Finding.fail(
                                    VAULT,
                                    "%s: %s".formatted(address, text),
                                    "check VAULT_ADDR, VAULT_CACERT and that Vault is unsealed; only VaultSecrets with spec.addr do without it"))
                    .orElseGet(() -> Finding.ok(VAULT, address + " is in order")));
        };
    }

    /** The Vault that is written to, and the login there. */
    Check vaultSync(VaultSyncConfig sync) {
        return () -> {
            String address = Masking.of(sync.login().address());
            try (SystemTimers timers = new SystemTimers("doctor");
                    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                    VaultTargets targets = new VaultTargets(
                            sync.vault(),
                            sync.login(),
                            Fingerprinter.random(),
                            time,
                            timers,
                            executor,
                            WriteFence.none(),
                            new Silent())) {
                Optional<String> problem = targets.problem();
                return List.of(problem.map(
                                text -> Finding.fail(
                                        VAULT,
                                        "%s: %s".formatted(address, text),
                                        "check --vault-addr, --vault-role and --vault-auth-path, and that the role is bound to this ServiceAccount"))
                        .orElseGet(() -> Finding.ok(VAULT, address + " is in order and takes the operator's login")));
            } catch (SettingsException e) {
                return List.of(Finding.fail(VAULT, String.valueOf(e.getMessage()), "check --vault-addr"));
            }
        };
    }

    private static final class Silent implements VaultObserver {
        @Override
        public void loggedIn(boolean success) {}

        @Override
        public void passedLimit(Duration waited) {}

        @Override
        public void wroteLarge() {}
    }

    /** Whether AWS lists the secrets. */
    Check aws() {
        return () -> {
            try (AwsStore aws = new AwsStore(config.aws(), time)) {
                Reading _ = aws.read(AwsStore.OPERATOR, Reference.listing(""));
                return List.of(Finding.ok(AWS, "Secrets Manager lists its secrets"));
            } catch (StoreException e) {
                return List.of(
                        Finding.fail(
                                AWS,
                                e.failure().message(),
                                "check AWS_REGION, the operator's credentials, and that they allow secretsmanager:ListSecrets"));
            }
        };
    }

    /** Whether the Workload API gives the operator an identity. */
    Check workloadApi(VsecmConfig vsecm) {
        return () -> {
            try (SystemTimers timers = new SystemTimers("doctor");
                    VsecmStore store = new VsecmStore(vsecm, time, timers)) {
                store.start();
                long until = time.nanos() + PATIENCE.toNanos();
                while (store.identity().svid().isEmpty() && time.nanos() < until) {
                    Thread.sleep(BETWEEN_LOOKS);
                }
                return List.of(
                        store.identity()
                                .svid()
                                .map(StoreChecks::identity)
                                .orElseGet(
                                        () -> Finding.fail(
                                                WORKLOAD_API,
                                                "no X.509-SVID within %d s".formatted(PATIENCE.toSeconds()),
                                                "check SPIFFE_ENDPOINT_SOCKET, the mount of the agent's socket, and that an entry (a ClusterSPIFFEID, say) selects this pod")));
            }
        };
    }

    private static Finding identity(Svid svid) {
        String text =
                "this is %s, for %d s more".formatted(svid.id(), svid.left().toSeconds());
        return svid.left().isZero()
                ? Finding.fail(WORKLOAD_API, text, "look into the agent's log: it does not renew the X.509-SVID")
                : Finding.ok(WORKLOAD_API, text);
    }
}
