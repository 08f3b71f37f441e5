package io.keyferry.store.vault;

import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Asks Vaults whether they are in order, without logging in. */
public final class VaultHealth {
    /** Whoever waits for the answer is a probe, or a person. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final VaultClient client;
    private final String namespace;

    public VaultHealth(VaultConfig config, TimeSource time) {
        this(
                new VaultClient(
                        new HttpWire(config.impatient(TIMEOUT)),
                        config.impatient(TIMEOUT),
                        new ErrorAnswers(time),
                        new RetryPause(
                                Thread::sleep, () -> ThreadLocalRandom.current().nextDouble())),
                config.namespace());
    }

    VaultHealth(VaultClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** @return what is wrong, in the words of vault-sync-operator; empty if nothing is */
    public Optional<String> problem(String address) throws InterruptedException {
        try {
            return problem(new Endpoint(VaultAddress.parse(address), namespace));
        } catch (VaultError e) {
            return Optional.of(e.text());
        }
    }

    Optional<String> problem(Endpoint endpoint) throws InterruptedException {
        try {
            Answer health = client.get(endpoint, "", "sys/health", "standbyok=true&perfstandbyok=true");
            return health.isSuccess()
                    ? Optional.empty()
                    : Optional.of("vault health check returned unexpected status: " + health.status());
        } catch (VaultError e) {
            return e.status() == 429 ? Optional.empty() : Optional.of("vault health check failed: " + e.text());
        }
    }
}
