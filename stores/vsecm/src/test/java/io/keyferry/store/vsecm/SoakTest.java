package io.keyferry.store.vsecm;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.engine.store.StoreException;
import io.keyferry.store.vsecm.testing.Fixture;
import io.keyferry.testkit.vsecm.SafeRequest;
import io.keyferry.testkit.vsecm.StandInSafe;
import io.keyferry.testkit.vsecm.TestAuthority;
import io.keyferry.testkit.vsecm.TestSvid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand events in the life of an SVID. The Safe asked does not look at expiry, so a request under an expired one is seen. */
class SoakTest {
    private static final int EVENTS = 1000;
    private static final long SEED = 20_261_126L;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, Instant> ends = new HashMap<>();
    private int reads;
    private int seen;

    @Test
    void neverUsesAnExpiredSvidNeverAsksAStrangerAndLeaksNothing() throws Exception {
        live(20);
        long descriptors = descriptors();
        reads = 0;
        seen = 0;

        live(EVENTS);

        assertThat(reads).as("most of the time it can be read").isGreaterThan(EVENTS / 4);
        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors));
        await().atMost(10, SECONDS)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("workload-api")));
    }

    private void live(int events) throws Exception {
        Path own = Files.createDirectory(folder.resolve("soak" + events));
        Instant beginning = Instant.now();
        try (Fixture f = new Fixture(own);
                StandInSafe lax = StandInSafe.start(forever(f.authority, StandInSafe.ID), () -> beginning);
                StandInSafe foreign =
                        StandInSafe.start(forever(new TestAuthority("authority"), StandInSafe.ID), () -> beginning);
                StandInSafe other = StandInSafe.start(forever(f.authority, Fixture.id("other")), () -> beginning)) {
            lax.put("vsecm-operator", "{}");
            rotate(f);
            for (int i = 0; i < events; i++) {
                happen(f, lax, List.of(foreign, other));
                assertRequestsWereUnderValidSvids(f, lax);
            }
            f.agent.allow();
            rotate(f);
            await().atMost(10, SECONDS).until(() -> {
                f.time.pass(Duration.ofSeconds(1));
                return ask(f, lax).equals("read");
            });
            assertThat(foreign.requests()).isEmpty();
            assertThat(other.requests()).isEmpty();
            await().atMost(10, SECONDS)
                    .until(() -> Stream.of(lax, foreign, other).allMatch(safe -> safe.openConnections() == 0));
            f.store.close();
            await().atMost(10, SECONDS).until(() -> f.agent.open() == 0);
            assertThat(f.time.pending()).isZero();
        }
    }

    private void happen(Fixture f, StandInSafe safe, List<StandInSafe> strangers) {
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                rotate(f);
                assertReads(f, safe);
            }
            case 2 -> expire(f, safe);
            case 3 -> {
                f.agent.deny();
                await().pollInterval(Duration.ofMillis(5)).atMost(10, SECONDS).until(() -> {
                    f.time.pass(Duration.ofSeconds(1));
                    return f.serial().isEmpty();
                });
                assertUnavailable(f, safe);
                f.agent.allow();
            }
            case 4 -> f.agent.complete();
            case 5 -> {
                f.agent.stop();
                f.time.pass(Duration.ofSeconds(random.nextInt(20)));
                assertReads(f, safe);
                f.agent.start();
            }
            case 6 -> {
                safe.reset();
                assertThat(ask(f, safe)).isIn("NotReady", "IdentityUnavailable");
                safe.heal();
            }
            case 7 -> assertThat(ask(f, strangers.get(random.nextInt(2)))).isIn("PeerUntrusted", "IdentityUnavailable");
            default -> {
                f.time.pass(Duration.ofSeconds(random.nextInt(120)));
                assertReads(f, safe);
            }
        }
    }

    private void expire(Fixture f, StandInSafe safe) {
        f.agent.stop();
        f.time.pass(Duration.ofHours(2));
        assertUnavailable(f, safe);
        f.agent.start();
        if (random.nextBoolean()) {
            f.time.pass(Duration.ofSeconds(2));
            assertUnavailable(f, safe);
        }
        rotate(f);
        f.time.pass(Duration.ofSeconds(2));
    }

    private void rotate(Fixture f) {
        Instant end = f.time.now().plusSeconds(60 + random.nextInt(3600));
        TestSvid svid = f.authority.issue(Fixture.OPERATOR, f.time.now().minus(Duration.ofDays(365)), end);
        ends.put(svid.serial(), end);
        f.agent.issue(svid);
    }

    private void assertUnavailable(Fixture f, StandInSafe safe) {
        int before = safe.connections();
        assertThat(ask(f, safe)).isEqualTo("IdentityUnavailable");
        assertThat(safe.connections()).isEqualTo(before);
    }

    private void assertReads(Fixture f, StandInSafe safe) {
        assertThat(ask(f, safe)).isIn("read", "IdentityUnavailable");
    }

    private void assertRequestsWereUnderValidSvids(Fixture f, StandInSafe safe) {
        List<SafeRequest> requests = safe.requests();
        for (SafeRequest request : requests.subList(seen, requests.size())) {
            assertThat(request.caller()).isEqualTo(Fixture.OPERATOR);
            assertThat(ends).containsKey(request.serial());
        }
        seen = requests.size();
        assertThat(f.agent.open()).isLessThanOrEqualTo(2);
    }

    private String ask(Fixture f, StandInSafe safe) {
        int before = safe.requests().size();
        String outcome;
        try {
            f.ask(safe.address().toString());
            outcome = "read";
            reads++;
        } catch (StoreException e) {
            outcome = e.failure().reason();
        }
        List<SafeRequest> requests = safe.requests();
        for (SafeRequest request : requests.subList(before, requests.size())) {
            assertThat(ends.get(request.serial())).as("the end of the SVID").isAfter(f.time.now());
        }
        return outcome;
    }

    private static TestSvid forever(TestAuthority authority, String id) {
        return authority.issue(id, Instant.now().minusSeconds(60), Instant.now().plus(Duration.ofDays(3650)));
    }

    private static long descriptors() {
        String[] names = Path.of("/proc/self/fd").toFile().list();
        return names == null ? 0 : names.length;
    }
}
