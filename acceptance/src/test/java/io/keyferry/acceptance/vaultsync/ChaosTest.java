package io.keyferry.acceptance.vaultsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.PushWorld.Login;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.RecordedRequest;
import io.keyferry.testkit.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All that can fail fails while many objects change; afterwards Vault holds what they ask for, and never held anything else. */
@WithWorld
class ChaosTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int DEATHS_ANYWHERE = 2;

    private final PushWorld world;
    private final Vault vault;
    private final Login login;
    private final Random random = new Random(7);
    private OperatorProcess operator;

    ChaosTest(@Own Cluster cluster, @Own Vault vault) {
        this.vault = vault;
        world = new PushWorld(cluster, vault);
        login = PushWorld.login(cluster, vault);
    }

    @BeforeEach
    void start() {
        operator = world.operator(login).start();
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private void die(String when, Predicate<RecordedRequest> where, boolean isDone, Runnable edits) {
        OperatorProcess victim = operator;
        vault.proxy().inject(where, isDone ? Fault.cutAfter(victim::kill) : Fault.cutBefore(victim::kill), 1);
        edits.run();
        await("death " + when).atMost(PATIENCE).until(() -> !victim.isAlive());
        victim.close();
        vault.proxy().heal();
        start();
    }

    @Test
    void afterEveryFailureVaultHoldsExactlyWhatIsAskedForAndLostNothing() {
        world.mount.put("whole/foreign", Map.of("k", "somebody else's"));
        Fleet fleet = new Fleet(world);
        FaultPoint[] points = FaultPoint.values();
        for (int i = 0; i < points.length; i++) {
            int first = 2 * i;
            FaultPoint point = points[i];
            // A path that was written and not marked before its object moved on is left as it is, and may not be ours.
            await("a path to move from").atMost(PATIENCE).until(() -> fleet.isMovable(first));
            if (point.isOfRemovals()) {
                await("something to remove").atMost(PATIENCE).until(() -> fleet.isWritten(first + 1));
            }
            die(point.name(), point.requests(world.mount.name()), point.isDone(), () -> {
                fleet.rotate(first, 2);
                fleet.move(first);
                fleet.delete(first + 1);
            });
        }
        for (int i = 0; i < DEATHS_ANYWHERE; i++) {
            AtomicInteger left = new AtomicInteger(random.nextInt(10));
            int one = 2 * points.length + i;
            die("anywhere", request -> left.getAndDecrement() <= 0, random.nextBoolean(), () -> fleet.rotate(one, 1));
        }

        vault.seal();
        fleet.rotate(20, 5);
        fleet.delete(30);
        PushWorld.awaitThat("unready", () -> operator.health("/readyz") == 500);
        vault.resume();
        vault.request("POST", "sys/leases/revoke-prefix/auth/" + login.mount(), Map.of());
        fleet.rotate(25, 3);
        world.cluster.stopApiServer();
        world.cluster.startApiServer();
        fleet.rotate(28, 2);
        fleet.delete(31);

        await("Vault holds what is asked for")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(fleet::differences, List::isEmpty);
        await("deleted objects go")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(fleet::leftovers, List::isEmpty);
        assertThat(operator.isAlive()).isTrue();
        assertThat(fleet.strangers()).containsExactly("whole/foreign");
        assertThat(world.data("whole/foreign")).containsEntry("k", "somebody else's");
        assertThat(world.versions("whole/foreign")).isEqualTo(1);
        assertThat(fleet.wrongs()).isEmpty();
        assertItRests(fleet);
    }

    private void assertItRests(Fleet fleet) {
        int settled = fleet.versions();
        world.secret("marker", Map.of("k", "v"), Map.of(PushWorld.PATH, world.path("marker")));
        world.awaitData("marker", Map.of("k", "v"));
        PushWorld.awaitSettled(world.secret("marker"));
        assertThat(fleet.versions()).isEqualTo(settled);
    }
}
