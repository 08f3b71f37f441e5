package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.PushWorld.Login;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A VaultSecret reads what vaultsync writes, both in one operator. */
@WithWorld
class PullAndPushTest {
    /** Long enough for anything that loops to have gone round many times. */
    private static final Duration A_WHILE = Duration.ofSeconds(6);

    private final World pulled;
    private final PushWorld pushed;
    private OperatorProcess operator;

    PullAndPushTest(World world) {
        pulled = world;
        pushed = PushWorld.in(world);
    }

    @BeforeEach
    void start() {
        Login login = PushWorld.login(pushed.cluster, pushed.vault);
        operator = pushed.operator(login)
                .arguments("--dialects=vaultsecret,vaultsync", "--leader-elect=false")
                .environment("VAULT_ADDR", pushed.vault.address())
                .start();
        operator.awaitReady(World.SOON);
    }

    @AfterEach
    void stop() {
        operator.close();
        pushed.close();
    }

    /** Waits until nobody writes any more, neither the path nor the Secret. */
    private void awaitRest(int versions, String secret) {
        AtomicReference<String> last = new AtomicReference<>("");
        await("rest").during(A_WHILE).atMost(A_WHILE.multipliedBy(3)).until(() -> {
            String now = pushed.secret(secret).require().getMetadata().getResourceVersion();
            return now.equals(last.getAndSet(now)) && pushed.versions("app") == versions;
        });
    }

    @Test
    void whatIsPushedIsPulledAndThatIsAll() {
        pushed.secret("source", Map.of("k", "1"), Map.of(PATH, pushed.path("app")));
        pulled.createReading("copy", "app", "1s");
        pulled.awaitData("copy", Map.of("k", "1"));
        pushed.rotate("source", Map.of("k", "2"));
        pulled.awaitData("copy", Map.of("k", "2"));
        awaitRest(2, "copy");
    }

    /** The VaultSecret's own Secret is what is pushed to where it reads. */
    @Test
    void aCircleSettlesAfterEachEditOfEitherEnd() {
        pushed.secret("circle", Map.of("k", "1"), Map.of(PATH, pushed.path("app")));
        pushed.awaitData("app", Map.of("k", "1"));
        pulled.createReading("circle", "app", "1s");
        pulled.awaitReady("circle", "True Synced");
        awaitRest(1, "circle");

        pushed.mount.put("app", Map.of("k", "from vault"));
        pulled.awaitData("circle", Map.of("k", "from vault"));
        awaitRest(2, "circle");

        pushed.rotate("circle", Map.of("k", "from kubernetes"));
        await("both ends agree and rest")
                .during(A_WHILE)
                .atMost(A_WHILE.multipliedBy(3))
                .until(() -> pushed.data("app").equals(pulled.data("circle")));
        int versions = pushed.versions("app");
        assertThat(versions).isLessThanOrEqualTo(4);
        awaitRest(versions, "circle");
        assertThat(pushed.data("app").get("k")).isIn(List.of("from vault", "from kubernetes"));
    }
}
