package io.keyferry.store.vault;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.engine.time.TimeSource;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Vault or OpenBao.
 *
 * <p>An address is {@code StoreAddress("vault", "<url>", options)}; the option {@code namespace} names a Vault
 * namespace and wins over {@link VaultConfig#namespace}. Identities are {@link Identity.Token} and
 * {@link Identity.ServiceAccount}.
 *
 * <p>Paths are written as for {@code vault kv get}, without {@code data/}. A secret found is the JSON object of its
 * keys, in the bytes the server wrote. A listing asks for the names below a path. Each reading tells the KV version as
 * the attribute {@code kv} ({@code 1} or {@code 2}) and, if the server told, the mount as {@code mount}
 * ({@code secret/}).
 */
public final class VaultStore implements SecretStore {
    /** The kind of store addresses this store answers for. */
    public static final String KIND = "vault";
    /** The option of a store address that names a Vault namespace. */
    public static final String NAMESPACE_OPTION = "namespace";

    private final VaultConfig config;
    private final TimeSource time;
    private final VaultClient client;
    private final Login login;
    private final Conversations conversations;

    /**
     * A store that speaks to as many Vaults as it is asked for.
     *
     * @param tokens gives the JWTs that ServiceAccounts log in with
     */
    public VaultStore(VaultConfig config, TokenSource tokens, TimeSource time) {
        this(
                config,
                tokens,
                time,
                new RetryPause(Thread::sleep, () -> ThreadLocalRandom.current().nextDouble()));
    }

    VaultStore(VaultConfig config, TokenSource tokens, TimeSource time, RetryPause pause) {
        this.config = config;
        this.time = time;
        client = new VaultClient(new HttpWire(config), config, new ErrorAnswers(time), pause);
        login = new Login(client, tokens, time);
        conversations = new Conversations(time, this::begin);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Reading read(Access access, Reference reference) throws StoreException, InterruptedException {
        if (reference.kind() == Reference.Kind.PRINCIPAL) {
            throw VaultError.invalid("Vault is not asked about who reads").at(Phase.READ);
        }
        return conversations.with(access).read(reference);
    }

    private Conversation begin(Access access) throws StoreException {
        Endpoint endpoint = endpoint(access);
        Session session = session(endpoint, access.identity());
        return new Conversation(endpoint, session, client, new MountProbe(client, time), time);
    }

    private Session session(Endpoint endpoint, Identity identity) throws StoreException {
        return switch (identity) {
            case Identity.Token bearer -> new TokenSession(bearer.token().utf8());
            case Identity.ServiceAccount account ->
                new LoginSession(endpoint, account, login, config.refreshBefore(), time);
            case Identity.Ambient _, Identity.Role _ ->
                throw VaultError.invalid("Vault is not spoken to without a token or a ServiceAccount")
                        .at(Phase.AUTHENTICATE);
        };
    }

    private Endpoint endpoint(Access access) throws StoreException {
        StoreAddress store = access.store();
        String namespace = store.options().getOrDefault(NAMESPACE_OPTION, config.namespace());
        try {
            return new Endpoint(VaultAddress.parse(store.endpoint()), namespace);
        } catch (VaultError e) {
            boolean account = access.identity() instanceof Identity.ServiceAccount;
            throw e.prefixed(account ? "get auth service account: " : "could not create Vault client: ")
                    .at(Phase.AUTHENTICATE);
        }
    }
}
