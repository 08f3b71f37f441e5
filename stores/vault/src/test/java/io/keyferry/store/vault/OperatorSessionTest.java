package io.keyferry.store.vault;

import static io.keyferry.store.vault.FakeVault.data;
import static io.keyferry.store.vault.FakeVault.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.time.Timers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's own token over its lives. */
class OperatorSessionTest {
    private static final String LOGIN = "PUT /v1/auth/kubernetes/login";
    private static final String RENEWAL = "PUT /v1/auth/token/renew-self";

    private record Planned(Duration pause, Runnable task) {}

    private final FakeVault vault = new FakeVault();
    private final ManualTime time = new ManualTime();
    private final List<Planned> planned = new ArrayList<>();
    private final List<Boolean> logins = new ArrayList<>();
    private final VaultObserver observer = new VaultObserver() {
        @Override
        public void loggedIn(boolean success) {
            logins.add(success);
        }

        @Override
        public void passedLimit(Duration waited) {}

        @Override
        public void wroteLarge() {}
    };

    @TempDir
    Path folder;

    private Path tokenFile;
    private OperatorSession session;

    @BeforeEach
    void start() throws Exception {
        tokenFile = Files.writeString(folder.resolve("token"), "jwt-1\n");
        VaultConfig config = VaultConfig.defaults();
        VaultClient client = new VaultClient(
                new HttpWire(config), config, new ErrorAnswers(time), new RetryPause(pause -> {}, () -> 0.5));
        Timers timers = (wait, task) -> {
            planned.add(new Planned(wait, task));
            return () -> {};
        };
        session = new OperatorSession(
                new Endpoint(VaultAddress.parse(vault.url()), ""),
                new OperatorLogin(vault.url(), "auth/kubernetes/login", "writer", tokenFile),
                client,
                new Login(client, (namespace, account, audience) -> "", time),
                time,
                timers,
                Runnable::run,
                observer);
        vault.on(LOGIN, FakeVault.token("s.first", 60));
    }

    @AfterEach
    void stop() {
        session.close();
        vault.close();
    }

    private String token() throws Exception {
        return session.token().token();
    }

    @Test
    void oneTokenServesUntilTwoThirdsOfItsLifeAndIsThenRenewed() throws Exception {
        vault.on(RENEWAL, FakeVault.token("s.first", 60));
        assertThat(token()).isEqualTo("s.first");
        time.pass(Duration.ofSeconds(39));
        assertThat(token()).isEqualTo("s.first");
        assertThat(vault.count(RENEWAL)).isZero();
        time.pass(Duration.ofSeconds(2));
        assertThat(token()).isEqualTo("s.first");
        assertThat(vault.count(RENEWAL)).isEqualTo(1);
        assertThat(logins).containsExactly(true);
    }

    @Test
    void itIsRenewedInTimeThoughNobodyNeedsIt() throws Exception {
        vault.on(RENEWAL, FakeVault.token("s.first", 60));
        token();
        Planned renewal = planned.getLast();
        assertThat(renewal.pause()).isEqualTo(Duration.ofSeconds(40));
        time.pass(renewal.pause());
        renewal.task().run();
        assertThat(vault.count(RENEWAL)).isEqualTo(1);
    }

    @Test
    void whenRenewalsGetShortThereIsANewLoginWithTheTokenFileAsItIsThen() throws Exception {
        token();
        vault.on(RENEWAL, FakeVault.token("s.first", 20)).on(LOGIN, FakeVault.token("s.second", 60));
        Files.writeString(tokenFile, "jwt-2");
        time.pass(Duration.ofSeconds(41));
        assertThat(token()).isEqualTo("s.second");
        List<String> bodies = vault.seen.stream()
                .filter(request -> request.path().endsWith("/login"))
                .map(FakeVault.Seen::body)
                .toList();
        assertThat(bodies.getFirst()).contains("\"jwt\":\"jwt-1\\n\"");
        assertThat(bodies.getLast()).contains("\"jwt\":\"jwt-2\"");
    }

    @Test
    void aRefusedTokenIsReplacedOnceForAllWhoHadIt() throws Exception {
        Session.Held old = session.token();
        Session.Held again = session.token();
        vault.on(LOGIN, FakeVault.token("s.second", 60));
        assertThat(session.instead(again)).map(Session.Held::token).contains("s.second");
        assertThat(session.instead(again)).map(Session.Held::token).contains("s.second");
        assertThat(logins).containsExactly(true, true);
        assertThat(session.instead(old))
                .as("brand new: its age is not to blame")
                .isEmpty();
    }

    @Test
    void aPolicyThatForbidsCostsNoLoginAtEachRefusal() throws Exception {
        token();
        vault.on("GET /v1/auth/token/lookup-self", data("{\"ttl\":60}"));
        assertThat(session.instead(session.token())).isPresent();
        assertThat(session.instead(session.token())).isEmpty();
        assertThat(logins).hasSize(2);
    }

    @Test
    void whileNobodyAnswersTheOldTokenIsUsedToItsEnd() throws Exception {
        token();
        vault.on(RENEWAL, errors(503, "sealed")).on(LOGIN, errors(503, "sealed"));
        time.pass(Duration.ofSeconds(50));
        assertThat(token()).isEqualTo("s.first");
        time.pass(Duration.ofSeconds(11));
        assertThatThrownBy(this::token)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.failure().message())
                                .startsWith("failed to authenticate: ")
                                .contains("503")
                                .doesNotContain("jwt-1"));
        vault.on(LOGIN, FakeVault.token("s.second", 60));
        time.pass(Duration.ofSeconds(1));
        assertThat(token()).isEqualTo("s.second");
    }

    @Test
    void withoutATokenFileItIsSaidWhichIsMissing() throws Exception {
        Files.delete(tokenFile);
        assertThatThrownBy(this::token)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.failure().message())
                                .startsWith("failed to read service account token: ")
                                .contains(Objects.toString(tokenFile)));
        assertThat(logins).containsExactly(false);
    }
}
