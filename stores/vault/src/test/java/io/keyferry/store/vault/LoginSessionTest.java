package io.keyferry.store.vault;

import static io.keyferry.store.vault.FakeVault.data;
import static io.keyferry.store.vault.FakeVault.errors;
import static io.keyferry.store.vault.FakeVault.says;
import static io.keyferry.store.vault.FakeVault.token;
import static io.keyferry.store.vault.Fixture.ACCOUNT;
import static io.keyferry.store.vault.Fixture.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading.Found;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginSessionTest {
    private static final String RENEWAL = "PUT /v1/auth/token/renew-self";
    private static final Reference SECRET = Reference.secret("secret/a");

    private final Fixture f = new Fixture();
    private final Access access = f.access(ACCOUNT);
    /** The tokens Vault takes at present. */
    private final AtomicReference<String> accepted = new AtomicReference<>("s.first-token");

    LoginSessionTest() {
        f.vault
                .mounted("secret/", 2)
                .on(
                        "GET /v1/secret/data/a",
                        request -> request.header("X-Vault-Token").equals(accepted.get())
                                ? data("{\"data\":{\"k\":\"v\"}}")
                                : errors(403, "permission denied"));
    }

    @AfterEach
    void stop() {
        f.close();
    }

    @Test
    void logsInWithRoleAndJwtAndWithoutAToken() throws Exception {
        f.vault.on(LOGIN, token("s.first-token", 3600));

        assertThat(f.store.read(access, SECRET)).isInstanceOf(Found.class);

        FakeVault.Seen login = f.vault.seen.getFirst();
        assertThat(login.body()).isEqualTo("{\"role\":\"team\",\"jwt\":\"jwt-of-team-sync\"}");
        assertThat(login.header("X-Vault-Token")).isEmpty();
        assertThat(login.header("X-Vault-Request")).isEqualTo("true");
    }

    @Test
    void makesOneLoginForAllReadsUntilTwoMinutesBeforeExpiry() throws Exception {
        f.vault.onTurns(LOGIN, token("s.first-token", 600), token("s.second-token", 600));

        f.store.read(access, SECRET);
        f.time.pass(Duration.ofSeconds(479));
        f.store.read(access, SECRET);
        assertThat(f.vault.count(LOGIN)).isEqualTo(1);

        f.time.pass(Duration.ofSeconds(1));
        accepted.set("s.second-token");
        f.store.read(access, SECRET);
        assertThat(f.vault.count(LOGIN)).isEqualTo(2);
        assertThat(f.vault.count(RENEWAL)).isZero();
    }

    @Test
    void aTokenThatLivesNoLongerThanTheMarginServesWhatIsReadInTheSameSecondOnly() throws Exception {
        f.vault.on(LOGIN, token("s.first-token", 60));

        f.store.read(access, SECRET);
        f.time.pass(Duration.ofMillis(900));
        f.store.read(access, SECRET);
        assertThat(f.vault.count(LOGIN)).isEqualTo(1);

        f.time.pass(Duration.ofMillis(100));
        f.store.read(access, SECRET);
        assertThat(f.vault.count(LOGIN)).isEqualTo(2);
    }

    @Test
    void keepsATokenThatNeverExpires() throws Exception {
        f.vault.on(LOGIN, token("s.first-token", 0));

        for (int hour = 0; hour < 100; hour++) {
            f.store.read(access, SECRET);
            f.time.pass(Duration.ofHours(1));
        }

        assertThat(f.vault.count(LOGIN)).isEqualTo(1);
    }

    @Test
    void forgetsAConversationThatWasIdleForTwoHours() throws Exception {
        f.vault.on(LOGIN, token("s.first-token", 0));

        f.store.read(access, SECRET);
        f.time.pass(Conversations.IDLE);
        f.store.read(access, SECRET);

        assertThat(f.vault.count(LOGIN)).isEqualTo(2);
    }

    @Test
    void renewsATokenThatRunsOutWhileTheApiServerGivesNoJwt() throws Exception {
        f.vault.on(LOGIN, token("s.first-token", 600)).on(RENEWAL, token("s.first-token", 600));
        f.store.read(access, SECRET);
        f.tokens = (namespace, account, audience) -> {
            throw new TokenRequestException(Kind.UNAVAILABLE, "connection refused");
        };

        f.time.pass(Duration.ofSeconds(590));
        f.store.read(access, SECRET);
        f.time.pass(Duration.ofSeconds(400));
        f.store.read(access, SECRET);

        assertThat(f.vault.count(LOGIN)).isEqualTo(1);
        assertThat(f.vault.count(RENEWAL)).isEqualTo(1);
    }

    @Test
    void usesATokenToItsEndWhereRenewalIsRefused() throws Exception {
        f.vault.on(LOGIN, token("s.first-token", 600)).on(RENEWAL, errors(403, "permission denied"));
        f.store.read(access, SECRET);
        f.vault.on(LOGIN, errors(503, "Vault is sealed"));

        f.time.pass(Duration.ofSeconds(590));
        assertThat(f.store.read(access, SECRET)).isInstanceOf(Found.class);

        f.time.pass(Duration.ofSeconds(10));
        assertThat(f.failure(access, SECRET).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void endsTheSessionWhenTheLoginIsRefusedAtRefresh() throws Exception {
        f.vault.on(LOGIN, token("s.first-token", 600)).on(RENEWAL, token("s.first-token", 600));
        f.store.read(access, SECRET);
        f.vault.on(LOGIN, errors(403, "permission denied"));

        f.time.pass(Duration.ofSeconds(500));

        assertThat(f.failure(access, SECRET).kind()).isEqualTo(Kind.DENIED);
        assertThat(f.vault.count(RENEWAL)).isZero();
    }

    @Test
    void logsInOnceMoreWhenACachedTokenIsRefused() throws Exception {
        f.vault.onTurns(LOGIN, token("s.first-token", 3600), token("s.second-token", 3600));
        f.store.read(access, SECRET);
        accepted.set("s.second-token");

        assertThat(f.store.read(access, SECRET)).isInstanceOf(Found.class);
        assertThat(f.vault.count(LOGIN)).isEqualTo(2);
    }

    @Test
    void takesTheRefusalOfTheSecondLoginsTokenAsTheAnswer() {
        f.vault.on(LOGIN, token("s.other-token", 3600));

        StoreFailure failure = f.failure(access, SECRET);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        // The first login was for the probe, which was not refused; the second for the read.
        assertThat(f.vault.count(LOGIN)).isEqualTo(2);
    }

    @Test
    void doesNotLogInAgainForEachRefusal() {
        f.vault.on(LOGIN, token("s.other-token", 3600));
        for (int i = 0; i < 20; i++) {
            assertThat(f.failure(access, SECRET).kind()).isEqualTo(Kind.DENIED);
        }
        assertThat(f.vault.count(LOGIN)).isEqualTo(2);

        f.time.pass(LoginSession.BETWEEN_REFUSALS);
        f.failure(access, SECRET);
        assertThat(f.vault.count(LOGIN)).isEqualTo(3);
    }

    @Test
    void aFailedLoginStandsForASecond() {
        f.vault.on(LOGIN, errors(403, "permission denied"));
        for (int i = 0; i < 20; i++) {
            f.failure(access, SECRET);
        }
        assertThat(f.vault.count(LOGIN)).isEqualTo(1);

        f.time.pass(LoginSession.FAILURE_STANDS);
        f.failure(access, SECRET);
        assertThat(f.vault.count(LOGIN)).isEqualTo(2);
    }

    @Test
    void manyReadersShareOneLogin() throws Exception {
        f.vault.on(LOGIN, token("s.first-token", 3600));
        List<Callable<Object>> reads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            reads.add(() -> f.store.read(access, SECRET));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Object> read : threads.invokeAll(reads)) {
                assertThat(read.get()).isInstanceOf(Found.class);
            }
        }

        assertThat(f.vault.count(LOGIN)).isEqualTo(1);
        assertThat(f.tokenRequests).hasValue(1);
        assertThat(f.vault.probes()).isEqualTo(1);
    }

    @Test
    void tenantsWhoseNamesJoinToTheSameTextNeverShareAToken() throws Exception {
        ConcurrentHashMap<String, String> jwts = new ConcurrentHashMap<>();
        f.vault.on(LOGIN, request -> {
            String jwt = request.body().replaceAll(".*\"jwt\":\"([^\"]*)\".*", "$1");
            jwts.put("s.token-for-" + jwt, jwt);
            return token("s.token-for-" + jwt, 3600);
        });
        f.vault.on(
                "GET /v1/secret/data/a",
                request -> data("{\"data\":{\"as\":\"" + jwts.getOrDefault(request.header("X-Vault-Token"), "nobody")
                        + "\"}}"));
        f.tokens = (namespace, account, audience) -> namespace + "/" + account;

        Access one = f.access(new Identity.ServiceAccount("team", "a-sync", "auth/kubernetes/login", "team-a", ""));
        Access other = f.access(new Identity.ServiceAccount("team-a", "sync", "auth/kubernetes/login", "team-a", ""));

        assertThat(Fixture.json(f.store.read(one, SECRET))).isEqualTo("{\"as\":\"team/a-sync\"}");
        assertThat(Fixture.json(f.store.read(other, SECRET))).isEqualTo("{\"as\":\"team-a/sync\"}");
    }

    @Test
    void saysWhatFailedInTheOriginalsWords() {
        f.vault.on(LOGIN, errors(403, "permission denied"));
        assertThat(f.failure(access, SECRET).message())
                .isEqualTo("retrieve token: failed to login to Vault with JWT: Error making API request.\n\nURL: PUT "
                        + f.vault.url() + "/v1/auth/kubernetes/login\nCode: 403. Errors:\n\n* permission denied");
        assertThat(f.failure(access, SECRET).phase()).isEqualTo(Phase.AUTHENTICATE);

        assertThat(nextFailure(says(200, "{\"request_id\":\"1\",\"auth\":null}"))
                        .message())
                .isEqualTo("retrieve token: could not read auth token from response: it has no auth.client_token");
        assertThat(nextFailure(says(200, "{\"auth\":{\"client_token\":\"s.x\",\"lease_duration\":\"soon\"}}"))
                        .message())
                .startsWith("retrieve token: could not read auth token TTL from response: ");
        assertThat(nextFailure(says(404, "{\"errors\":[]}")).message())
                .startsWith("retrieve token: failed to login to Vault with JWT: Error making API request.");
    }

    @Test
    void saysWhyThereIsNoJwt() {
        f.tokens = (namespace, account, audience) -> {
            throw new TokenRequestException(Kind.INVALID, "serviceaccounts \"sync\" not found");
        };

        StoreFailure failure = f.failure(access, SECRET);

        assertThat(failure.message())
                .isEqualTo("retrieve token: could not fetch JWT token: serviceaccounts \"sync\" not found");
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void neverRepeatsAJwtOrTokenThatTheServerEchoes() {
        f.vault.on(LOGIN, request -> says(400, "bad request: " + request.body()));
        assertThat(f.failure(access, SECRET).message()).contains("***").doesNotContain("jwt-of-team-sync");

        f.vault.on("GET /v1/secret/data/a", request -> errors(500, "token " + request.header("X-Vault-Token")));
        assertThat(f.failure(f.token("hvs.CAESINotToBeShown"), SECRET).message())
                .contains("* token ***")
                .doesNotContain("NotToBeShown");
    }

    @Test
    void anInlineTokenThatIsRefusedIsTheAnswer() {
        assertThat(f.failure(f.token("wrong"), SECRET).kind()).isEqualTo(Kind.DENIED);
        assertThat(f.vault.seen).noneMatch(request -> request.path().contains("/auth/"));
    }

    private StoreFailure nextFailure(FakeVault.Says login) {
        f.vault.on(LOGIN, login);
        f.time.pass(LoginSession.FAILURE_STANDS);
        StoreFailure failure = f.failure(access, SECRET);
        return failure.phase() == Phase.AUTHENTICATE ? failure : fail("it is not the login that failed");
    }
}
