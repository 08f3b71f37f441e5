package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading.Absent;
import io.keyferry.engine.store.Reading.Absent.Cause;
import io.keyferry.engine.store.Reading.Found;
import io.keyferry.engine.store.Reading.Listing;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.KubernetesAuth;
import io.keyferry.testkit.KvMount;
import io.keyferry.testkit.RealParts;
import io.keyferry.testkit.Vault;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@RealParts
class RealVaultTest {
    private static final TokenSource NO_TOKENS = (namespace, account, audience) -> {
        throw new AssertionError("no ServiceAccount is involved");
    };

    private final VaultStore store = new VaultStore(VaultConfig.defaults(), NO_TOKENS, TimeSource.system());

    @Test
    void readsAndListsBothVersions(Vault vault) throws Exception {
        for (int version : List.of(1, 2)) {
            KvMount kv = vault.newMount(version);
            kv.put("app/db%3Fx=1%23y%20z", Map.of("k", "<v>"));
            Access root = access(vault, vault.rootToken());
            Map<String, String> attributes = Map.of("kv", Integer.toString(version), "mount", kv.name() + "/");

            Found found = (Found) store.read(root, Reference.secret(kv.path("app/db?x=1#y z")));
            assertThat(found.value().utf8()).isEqualTo("{\"k\":\"\\u003cv\\u003e\"}");
            assertThat(found.attributes()).isEqualTo(attributes);
            assertThat(store.read(root, Reference.listing(kv.name() + "/")))
                    .isEqualTo(new Listing(List.of("app/"), attributes));
            assertThat(store.read(root, Reference.listing(kv.path("app/"))))
                    .isEqualTo(new Listing(List.of("db?x=1#y z"), attributes));
            assertThat(store.read(root, Reference.secret(kv.path("none"))))
                    .isEqualTo(new Absent(Cause.MISSING, attributes));
            assertThat(store.read(root, Reference.listing(kv.path("none/"))))
                    .isEqualTo(new Absent(Cause.MISSING, attributes));
        }
    }

    @Test
    void deletedAndDestroyedVersionsAreEmptyAndRemovedOnesMissing(Vault vault) throws Exception {
        KvMount kv = vault.newMount(2);
        for (String path : List.of("deleted", "destroyed", "removed", "bare")) {
            kv.put(path, Map.of("k", "v"));
        }
        kv.delete("deleted");
        kv.destroy("destroyed", 1);
        kv.deleteMetadata("removed");
        kv.put("bare", Map.of());

        assertThat(cause(vault, kv.path("deleted"))).isEqualTo(Cause.EMPTY);
        assertThat(cause(vault, kv.path("destroyed"))).isEqualTo(Cause.EMPTY);
        assertThat(cause(vault, kv.path("removed"))).isEqualTo(Cause.MISSING);
        assertThat(store.read(access(vault, vault.rootToken()), Reference.secret(kv.path("bare"))))
                .isInstanceOfSatisfying(
                        Found.class, bare -> assertThat(bare.value().utf8()).isEqualTo("{}"));
    }

    @Test
    void keepsNumbersThatVersionOneKeeps(Vault vault) throws Exception {
        KvMount kv = vault.newMount(1);
        kv.put("n", Map.of("big", new BigInteger("12345678901234567890")));

        Found found = (Found) store.read(access(vault, vault.rootToken()), Reference.secret(kv.path("n")));
        assertThat(found.value().utf8()).isEqualTo("{\"big\":12345678901234567890}");
    }

    @Test
    void tellsWhatIsRefusedAndWhere(Vault vault) {
        KvMount kv = vault.newMount(2);
        String policy = vault.newPolicy("path \"" + kv.name() + "/data/mine\" { capabilities = [\"read\"] }");
        String token = vault.newToken("1h", policy);

        StoreFailure read = failure(vault, token, Reference.secret(kv.path("other")));
        assertThat(read.kind()).isEqualTo(Kind.DENIED);
        assertThat(read.phase()).isEqualTo(Phase.READ);
        assertThat(read.message())
                .startsWith("Error making API request.\n\nURL: GET " + vault.address() + "/v1/" + kv.name()
                        + "/data/other\nCode: 403. Errors:\n\n* ")
                .contains("permission denied");

        StoreFailure listing = failure(vault, token, Reference.listing(kv.path("seeds/")));
        assertThat(listing.message())
                .startsWith(
                        "could not read Vault path \"" + kv.name() + "/metadata/seeds\": Error making API request.");

        assertThat(failure(vault, vault.rootToken(), Reference.secret("no-such-mount/a"))
                        .phase())
                .isEqualTo(Phase.DISCOVER);
        assertThat(failure(vault, "no-such-token", Reference.secret(kv.path("mine")))
                        .kind())
                .isEqualTo(Kind.DENIED);
    }

    @Test
    void aSealedServerIsUnavailableAndServesAgainOnceUnsealed(Vault vault) throws Exception {
        KvMount kv = vault.newMount(2);
        kv.put("a", Map.of("k", "v"));
        vault.seal();
        StoreFailure failure = failure(vault, vault.rootToken(), Reference.secret(kv.path("a")));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.message()).contains("Code: 503. Errors:\n\n* Vault is sealed");

        vault.resume();
        assertThat(store.read(access(vault, vault.rootToken()), Reference.secret(kv.path("a"))))
                .isInstanceOf(Found.class);
    }

    @Test
    void logsInWithAServiceAccountAndAgainAfterItsTokenWasRevoked(Vault vault, Cluster cluster) throws Exception {
        KvMount kv = vault.newMount(2);
        kv.put("a", Map.of("k", "v"));
        KubernetesAuth auth = vault.enableKubernetesAuth(cluster);
        String namespace = cluster.newNamespace();
        cluster.newServiceAccount(namespace, "sync");
        auth.writeRole("team", namespace, "sync", "1h", vault.newPolicy(kv.readPolicy()));
        VaultStore loggedIn = new VaultStore(
                VaultConfig.defaults(),
                (space, account, audience) -> cluster.tokenOf(space, account),
                TimeSource.system());
        Access access = new Access(
                new StoreAddress("vault", vault.address()),
                new Identity.ServiceAccount(namespace, "sync", auth.loginPath(), "team", ""));

        loggedIn.read(access, Reference.secret(kv.path("a")));
        loggedIn.read(access, Reference.secret(kv.path("a")));
        assertThat(logins(vault)).isEqualTo(1);

        vault.request("PUT", "sys/leases/revoke-force/" + auth.loginPath(), Map.of());
        assertThat(loggedIn.read(access, Reference.secret(kv.path("a")))).isInstanceOf(Found.class);
        assertThat(logins(vault)).isEqualTo(2);
    }

    private static long logins(Vault vault) {
        return vault.proxy().requests().stream()
                .filter(request -> request.path().endsWith("/login"))
                .count();
    }

    private Cause cause(Vault vault, String path) throws Exception {
        return ((Absent) store.read(access(vault, vault.rootToken()), Reference.secret(path))).cause();
    }

    private StoreFailure failure(Vault vault, String token, Reference reference) {
        return Objects.requireNonNull(
                        catchThrowableOfType(StoreException.class, () -> store.read(access(vault, token), reference)),
                        "no failure")
                .failure();
    }

    private static Access access(Vault vault, String token) {
        return new Access(new StoreAddress("vault", vault.address()), new Identity.Token(SecretValue.utf8(token)));
    }
}
