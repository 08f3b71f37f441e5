package io.keyferry.store.vault;

import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.settings.SettingsException;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.engine.target.WriteFence;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes targets of paths of one Vault, which the operator writes as itself. Logs in when it is first needed, so that it can
 * be made while Vault is away.
 */
public final class VaultTargets implements AutoCloseable {

    private final Endpoint endpoint;
    private final OperatorSession session;
    private final KvClient kv;
    private final VaultClient prober;
    private final VaultHealth health;
    private final Rights rights;
    private final Fingerprinter fingerprinter;
    private final RetryPause.Sleeper sleeper;
    private final VaultObserver observer;

    /**
     * @param executor runs renewals of the login, which block
     * @throws SettingsException if the address is none
     */
    public VaultTargets(
            VaultConfig config,
            OperatorLogin login,
            Fingerprinter fingerprinter,
            TimeSource time,
            Timers timers,
            Executor executor,
            WriteFence fence,
            VaultObserver observer)
            throws SettingsException {
        this(config, login, fingerprinter, time, timers, executor, fence, observer, Thread::sleep);
    }

    VaultTargets(
            VaultConfig config,
            OperatorLogin login,
            Fingerprinter fingerprinter,
            TimeSource time,
            Timers timers,
            Executor executor,
            WriteFence fence,
            VaultObserver observer,
            RetryPause.Sleeper sleeper)
            throws SettingsException {
        this.fingerprinter = fingerprinter;
        this.sleeper = sleeper;
        this.observer = observer;
        endpoint = endpoint(login.address(), config.namespace());
        ErrorAnswers errors = new ErrorAnswers(time);
        RetryPause pause =
                new RetryPause(sleeper, () -> ThreadLocalRandom.current().nextDouble());
        HttpWire wire = new HttpWire(config);
        VaultClient client = new VaultClient(wire, config, errors, pause);
        VaultConfig impatient = config.impatient(VaultHealth.TIMEOUT);
        prober = new VaultClient(new HttpWire(impatient), impatient, errors, pause);
        health = new VaultHealth(prober, config.namespace());
        session = new OperatorSession(
                endpoint,
                login,
                client,
                new Login(client, (namespace, account, audience) -> "", time),
                time,
                timers,
                executor,
                observer);
        kv = new KvClient(
                endpoint,
                session,
                client,
                new MountProbe(client, time),
                new WriteLimit(time, sleeper, observer),
                fence,
                fingerprinter,
                time);
        rights = new Rights(time);
    }

    /** @throws SettingsException if the login's address is none */
    public static void check(OperatorLogin login) throws SettingsException {
        Endpoint _ = endpoint(login.address(), "");
    }

    private static Endpoint endpoint(String address, String namespace) throws SettingsException {
        try {
            return new Endpoint(VaultAddress.parse(address), namespace);
        } catch (VaultError e) {
            throw new SettingsException("failed to create vault client", e.text());
        }
    }

    /** The path as a target. One is made for each run: it remembers what it observed. */
    public RemovableTarget target(VaultTargetSpec spec) {
        return new VaultTarget(spec, kv, rights, fingerprinter, sleeper, observer);
    }

    /**
     * Whether Vault can be written to: it is in order, and takes the operator's token.
     *
     * @return what is wrong, in the words of vault-sync-operator
     */
    public Optional<String> problem() throws InterruptedException {
        Optional<String> unhealthy = health.problem(endpoint);
        if (unhealthy.isPresent()) {
            return unhealthy;
        }
        try {
            new Authorised(session).send(token -> prober.get(endpoint, token, "auth/token/lookup-self", ""));
            return Optional.empty();
        } catch (VaultError e) {
            return Optional.of("vault authentication check failed: " + e.text());
        } catch (StoreException e) {
            boolean login = e.failure().phase() == Phase.AUTHENTICATE;
            return Optional.of((login ? "vault client not authenticated: " : "vault authentication check failed: ")
                    + e.failure().message());
        }
    }

    /** Logs in, if that has not happened yet. @return what is wrong */
    public Optional<String> login() throws InterruptedException {
        try {
            Session.Held _ = session.token();
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(
                    "failed to authenticate with vault: " + e.failure().message());
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
