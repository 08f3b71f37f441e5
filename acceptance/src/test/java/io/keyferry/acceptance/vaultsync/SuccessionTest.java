package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.PushWorld.Login;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One of two operators ends, dies, or stands still; the paths are on KV version 1, where nothing but the operator prevents a stale write. */
@WithWorld
class SuccessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(2);
    private static final int MANY = 12;

    private final PushWorld world;
    private final Login login;

    SuccessionTest(PushWorld any) {
        world = any.with(any.vault.newMount(1));
        login = PushWorld.login(any.cluster, any.vault);
    }

    private OperatorProcess start() {
        return world.operator(login)
                .arguments("--leader-elect", "--leader-election-namespace=" + world.namespace)
                .start();
    }

    private static boolean leads(OperatorProcess operator) {
        return operator.lines().stream().anyMatch(line -> line.contains("leading: vaultsync"));
    }

    private static void awaitLeading(OperatorProcess operator) {
        await("leading").atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> leads(operator));
    }

    @Test
    void theNextOneLeadsWithinThreeSecondsOfACleanEndAndTwentyOfADeath() {
        OperatorProcess first = start();
        OperatorProcess second = null;
        OperatorProcess third = null;
        try {
            awaitLeading(first);
            second = start();
            second.awaitReady(PATIENCE);
            Instant asked = Instant.now();
            first.terminate();
            awaitLeading(second);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(3));
            third = start();
            third.awaitReady(PATIENCE);
            Instant killed = Instant.now();
            second.kill();
            awaitLeading(third);
            assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(20));
        } finally {
            first.close();
            if (second != null) {
                second.close();
            }
            if (third != null) {
                third.close();
            }
        }
    }

    @Test
    void whoStoodStillWhileAnotherTookOverWritesNothingMore() {
        rotate("one");
        try (OperatorProcess first = start()) {
            awaitLeading(first);
            awaitAll("one");
            String folder = "/v1/" + world.mount.name() + "/";
            world.vault.proxy().forget();
            world.vault.proxy().inject(folder, Fault.slow(Duration.ofSeconds(4)));
            rotate("two");
            await("many questions that are not answered yet")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> world.vault.proxy().count(folder) >= MANY);
            first.pause();
            world.vault.proxy().heal();
            rotate("three");
            try (OperatorProcess second = start()) {
                awaitLeading(second);
                awaitAll("three");
                List<String> versions = versionsAtRest();
                world.vault.proxy().forget();
                first.resume();
                assertThat(first.awaitExit(PATIENCE)).isEqualTo(1);
                assertThat(first.lines()).anyMatch(line -> line.contains("ending at once"));
                assertThat(world.vault.proxy().requests())
                        .filteredOn(request -> !request.method().equals("GET"))
                        .extracting(RecordedRequest::path)
                        .noneMatch(path -> path.startsWith(folder));
                assertThat(versions()).isEqualTo(versions);
                awaitAll("three");
            }
        }
    }

    private void rotate(String value) {
        for (int i = 0; i < MANY; i++) {
            if (world.secret(name(i)).get() == null) {
                world.secret(name(i), Map.of("k", value), Map.of(PATH, world.path(name(i))));
            } else {
                world.rotate(name(i), Map.of("k", value));
            }
        }
    }

    private static String name(int i) {
        return "s-" + i;
    }

    private void awaitAll(String value) {
        await("all hold " + value)
                .atMost(PATIENCE)
                .until(() -> IntStream.range(0, MANY)
                        .allMatch(i -> world.data(name(i)).equals(Map.of("k", value))));
    }

    /** The versions when whoever leads has also noted what it wrote. */
    private List<String> versionsAtRest() {
        AtomicReference<List<String>> last = new AtomicReference<>(List.of());
        await("rest").during(A_WHILE).atMost(PATIENCE).until(() -> {
            List<String> now = versions();
            return now.equals(last.getAndSet(now));
        });
        return last.get();
    }

    private List<String> versions() {
        return IntStream.range(0, MANY)
                .mapToObj(i -> world.secret(name(i)).get().getMetadata().getResourceVersion())
                .toList();
    }
}
