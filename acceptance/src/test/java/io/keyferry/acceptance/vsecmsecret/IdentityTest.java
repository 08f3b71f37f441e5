package io.keyferry.acceptance.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.SafeWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.vsecm.SafeRequest;
import io.keyferry.testkit.vsecm.StandInSafe;
import io.keyferry.testkit.vsecm.TestAuthority;
import io.keyferry.testkit.vsecm.TestSvid;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is spoken to, and as whom. */
@WithWorld
class IdentityTest {
    private final SafeWorld world;

    IdentityTest(SafeWorld world) {
        this.world = world;
        world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"one\"}");
    }

    @Test
    void noServerButSafeIsAsked() {
        try (StandInSafe other =
                        StandInSafe.start(world.authority.issue(SafeWorld.id("vsecm-keystone")), Instant::now);
                StandInSafe foreign =
                        StandInSafe.start(new TestAuthority("foreign").issue(StandInSafe.ID), Instant::now)) {
            for (var server : Map.of("other", other, "foreign", foreign).entrySet()) {
                Map<String, Object> spec = world.spec(server.getKey(), "300ms", "k=k");
                spec.put("vsecmSafeURL", server.getValue().address().toString());
                world.place.create(server.getKey(), spec);
            }
            try (OperatorProcess _ = world.start()) {
                for (var server : Map.of("other", other, "foreign", foreign).entrySet()) {
                    world.place.awaitReady(server.getKey(), "False PeerUntrusted");
                    await().atMost(Place.SOON).until(() -> server.getValue().connections() > 2);
                    assertThat(server.getValue().requests()).isEmpty();
                    assertThat(world.place.secret(server.getKey())).isNull();
                }
            }
        }
    }

    @Test
    void safesThatAreNotAllowedAreNotAsked() {
        world.create("app", "1h", "k=k");
        try (OperatorProcess operator = world.operator()
                .environment("KEYFERRY_VSECM_ALLOWED_URLS", "https://safe.example:8443")
                .start()) {
            operator.awaitReady(Place.SOON);
            world.place.awaitReady("app", "False SafeNotAllowed");
            assertThat(world.message("app", "Ready")).contains("KEYFERRY_VSECM_ALLOWED_URLS");
            assertThat(world.safe.connections()).isZero();
        }
    }

    @Test
    void afterARotationTheNewSerialIsPresentedAndAfterTheEndNothingIsSent() throws IOException {
        world.create("app", "300ms", "k=k");
        try (OperatorProcess operator = world.start()) {
            world.place.awaitReady("app", "True Synced");
            TestSvid next = world.be(SafeWorld.OPERATOR);
            await().atMost(Place.SOON)
                    .until(() -> world.safe.requests().getLast().serial().equals(next.serial()));
            world.awaitFetches(2);
            assertThat(world.safe.requests().getLast())
                    .extracting(SafeRequest::serial)
                    .isEqualTo(next.serial());
            assertThat(operator.metrics().sum("keyferry_vsecm_svid_seconds_left", Map.of()))
                    .isBetween(3000.0, 3601.0);

            Instant end = Instant.now().plusSeconds(3);
            world.agent.issue(world.authority.issue(
                    SafeWorld.id(SafeWorld.OPERATOR), Instant.now().minusSeconds(60), end));
            world.place.awaitReady("app", "False IdentityUnavailable");
            assertThat(Instant.now()).isAfter(end.minusSeconds(1));
            int requests = world.safe.requests().size();
            await().during(Duration.ofSeconds(1))
                    .atMost(Place.SOON)
                    .until(() -> world.safe.requests().size() == requests);
            assertThat(world.place.data("app")).isEqualTo(Map.of("k", "one"));
            world.be(SafeWorld.OPERATOR);
            world.place.awaitReady("app", "True Synced");
        }
    }

    @Test
    void whateverTheAgentDoesIsRecoveredFrom() {
        world.agent.stop();
        world.create("app", "300ms", "k=k");
        try (OperatorProcess operator = world.operator().start()) {
            world.place.awaitReady("app", "False IdentityUnavailable");
            assertThat(operator.health("/healthz")).isEqualTo(200);
            assertThat(operator.health("/readyz")).isEqualTo(503);
            assertThat(operator.body("/readyz")).contains("X.509-SVID");
            world.agent.start();
            world.place.awaitData("app", Map.of("k", "one"), Duration.ofSeconds(70));
            operator.awaitReady(Place.SOON);

            world.agent.deny();
            world.place.awaitReady("app", "False IdentityUnavailable");
            assertThat(world.place.data("app")).isEqualTo(Map.of("k", "one"));
            world.agent.allow();
            await().atMost(Duration.ofSeconds(70))
                    .until(() -> world.place.ready("app").equals("True Synced"));

            world.agent.complete();
            await().atMost(Duration.ofSeconds(70)).until(() -> world.agent.open() == 1);
            TestSvid next = world.be(SafeWorld.OPERATOR);
            await().atMost(Place.SOON)
                    .until(() -> world.safe.requests().getLast().serial().equals(next.serial()));

            world.agent.stop();
            world.agent.start();
            await().atMost(Duration.ofSeconds(70)).until(() -> world.agent.open() == 1);
            world.safe.put(SafeWorld.OPERATOR, "{\"k\":\"two\"}");
            world.place.awaitData("app", Map.of("k", "two"), Place.SOON);
        }
    }
}
