package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A store over a fake Vault with a manual clock. */
final class Fixture implements AutoCloseable {
    static final Identity.ServiceAccount ACCOUNT =
            new Identity.ServiceAccount("team", "sync", "auth/kubernetes/login", "team", "");
    static final String LOGIN = "PUT /v1/auth/kubernetes/login";

    final FakeVault vault = new FakeVault();
    final ManualTime time = new ManualTime();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final AtomicInteger tokenRequests = new AtomicInteger();
    final VaultStore store;
    TokenSource tokens = (namespace, account, audience) -> "jwt-of-" + namespace + "-" + account;

    Fixture() {
        this(VaultConfig.defaults());
    }

    Fixture(VaultConfig config) {
        store = new VaultStore(
                config,
                (namespace, account, audience) -> {
                    tokenRequests.incrementAndGet();
                    return tokens.request(namespace, account, audience);
                },
                time,
                new RetryPause(pauses::add, () -> 0.5));
    }

    static VaultConfig config(Duration timeout, int retries, int maxBytes) {
        VaultConfig d = VaultConfig.defaults();
        return new VaultConfig(
                d.tls(), d.proxies(), "", timeout, d.connectTimeout(), retries, maxBytes, d.refreshBefore());
    }

    Access token(String token) {
        return access(new Identity.Token(SecretValue.utf8(token)));
    }

    Access access(Identity identity) {
        return new Access(new StoreAddress("vault", vault.url()), identity);
    }

    Reading secret(Access access, String path) throws Exception {
        return store.read(access, Reference.secret(path));
    }

    Reading secret(String path) throws Exception {
        return secret(token("hvs.user-token"), path);
    }

    Reading listing(String path) throws Exception {
        return store.read(token("hvs.user-token"), Reference.listing(path));
    }

    StoreFailure failure(Access access, Reference reference) {
        return Objects.requireNonNull(
                        catchThrowableOfType(StoreException.class, () -> store.read(access, reference)), "no failure")
                .failure();
    }

    StoreFailure failure(String path) {
        return failure(token("hvs.user-token"), Reference.secret(path));
    }

    static String json(Reading reading) {
        return ((Reading.Found) reading).value().utf8();
    }

    static Map<String, String> kv(int version, String mount) {
        return Map.of("kv", Integer.toString(version), "mount", mount);
    }

    @Override
    public void close() {
        vault.close();
    }
}
