package io.keyferry.acceptance.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.Crowd;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is there when the operator starts is read in full calls, once, whoever wants it. */
@WithWorld
class ManySecretsTest {
    private static final int SECRETS = 1000;
    private static final int OBJECTS = 2000;
    private static final int IN_A_CALL = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AwsWorld world;

    ManySecretsTest(AwsWorld world) {
        this.world = world;
    }

    @Test
    void aColdStartTakesNoMoreCallsThanTheSecretsFill() throws InterruptedException {
        String prefix = world.aws.newName();
        List<String> names =
                IntStream.range(0, SECRETS).mapToObj(i -> prefix + "-" + i).toList();
        // One after the other: moto's state is not made for several who write.
        names.forEach(name -> world.aws.create(name, "{\"k\":\"%s\"}".formatted(name)));
        Crowd.of(OBJECTS, i -> world.place.create("app-" + i, AwsWorld.dataFrom(names.get(i % SECRETS))));
        world.aws.proxy().forget();
        try (OperatorProcess operator =
                world.operator().environment("POLL_INTERVAL_SEC", "300").start()) {
            operator.awaitReady(Place.SOON);
            await("Secrets")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> world.place.secrets().size() == OBJECTS);
            assertThat(world.aws.calls("GetSecretValue")).isZero();
            assertThat(world.aws.calls("BatchGetSecretValue")).isLessThanOrEqualTo(SECRETS / IN_A_CALL);
        }
    }
}
