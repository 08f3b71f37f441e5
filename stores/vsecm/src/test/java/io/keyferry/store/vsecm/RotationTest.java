package io.keyferry.store.vsecm;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.store.vsecm.spiffe.SvidState;
import io.keyferry.store.vsecm.testing.Fixture;
import io.keyferry.testkit.vsecm.FakeWorkloadApi;
import io.keyferry.testkit.vsecm.SafeRequest;
import io.keyferry.testkit.vsecm.TestSvid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SVID over its life, with an agent on a real socket. */
class RotationTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Fixture f;

    private final List<SvidState> changes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        f = new Fixture(folder);
        f.safe.put("vsecm-operator", "{}");
        f.store.onIdentityChange(changes::add);
    }

    @AfterEach
    void stop() {
        f.close();
    }

    @Test
    void nothingIsConnectedBeforeFirstUse() {
        assertThat(f.agent.calls()).isZero();
        assertThat(f.store.identity()).isEqualTo(new SvidState(false, Optional.empty()));
        f.store.start();
        await().atMost(10, SECONDS).until(() -> f.store.identity().everSeen());
        assertThat(f.safe.connections()).isZero();
    }

    @Test
    void theNextFetchPresentsTheNewSerial() {
        TestSvid first = f.issue(Fixture.OPERATOR);
        assertThat(f.outcome()).isEqualTo("read");
        assertThat(f.outcome()).isEqualTo("read");
        TestSvid second = f.issue(Fixture.OPERATOR);
        f.awaitArrival(second);
        assertThat(f.outcome()).isEqualTo("read");

        assertThat(f.safe.requests())
                .extracting(SafeRequest::serial)
                .containsExactly(first.serial(), first.serial(), second.serial());
        assertThat(f.safe.connections()).isEqualTo(3);
        assertThat(changes)
                .extracting(state -> state.svid().orElseThrow().serial())
                .containsExactly(first.serial(), second.serial());
    }

    @Test
    void tellsAboutTheSvid() {
        assertThat(f.outcome()).isEqualTo("read");
        f.time.pass(Duration.ofMinutes(10));
        SvidState.Svid svid = f.store.identity().svid().orElseThrow();
        assertThat(svid.id()).hasToString(Fixture.OPERATOR);
        assertThat(svid.left()).isEqualTo(Duration.ofMinutes(50));
        assertThat(svid.lifetime()).isEqualTo(Duration.ofSeconds(3601));
        assertThat(f.store.identity().everSeen()).isTrue();
    }

    @Test
    void noneIsSentAfterExpiry() {
        assertThat(f.outcome()).isEqualTo("read");
        f.agent.fallSilent();
        f.time.pass(Fixture.LIFETIME);

        StoreFailure failure = f.failure();
        assertThat(failure.reason()).isEqualTo("IdentityUnavailable");
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.phase()).isEqualTo(Phase.AUTHENTICATE);
        assertThat(f.store.identity().svid().orElseThrow().left()).isZero();
        assertThat(f.safe.connections()).isEqualTo(1);
    }

    @Test
    void survivesAnAgentThatRestarts() {
        assertThat(f.outcome()).isEqualTo("read");
        f.agent.stop();
        assertThat(f.outcome()).as("the SVID is still good").isEqualTo("read");
        f.agent.start();
        TestSvid renewed = f.issue(Fixture.OPERATOR);
        f.time.pass(Duration.ofSeconds(60));
        f.awaitArrival(renewed);
        assertThat(f.outcome()).isEqualTo("read");
        assertThat(f.lastRequest().serial()).isEqualTo(renewed.serial());
    }

    @Test
    void isDeniedForHalfAMinuteAndRecovers() {
        assertThat(f.outcome()).isEqualTo("read");
        f.agent.deny();
        await().atMost(10, SECONDS).until(() -> f.serial().isEmpty());

        for (int second = 0; second < 30; second++) {
            assertThat(f.outcome()).isEqualTo("IdentityUnavailable");
            f.time.pass(Duration.ofSeconds(1));
        }
        assertThat(f.failure().message()).contains("PERMISSION_DENIED");
        assertThat(f.safe.connections()).isEqualTo(1);
        assertThat(changes.getLast().svid()).isEmpty();
        assertThat(changes.getLast().everSeen()).isTrue();

        f.agent.allow();
        f.time.pass(Duration.ofSeconds(1));
        assertThat(f.outcome()).isEqualTo("read");
    }

    @Test
    void reopensAStreamThatTheAgentEndedNormally() {
        assertThat(f.outcome()).isEqualTo("read");
        await().atMost(10, SECONDS).until(() -> f.agent.open() == 1);
        f.agent.complete();
        TestSvid renewed = f.issue(Fixture.OPERATOR);
        await().atMost(10, SECONDS).until(() -> {
            f.time.pass(Duration.ofSeconds(1));
            return f.agent.calls() == 2;
        });
        f.awaitArrival(renewed);
        assertThat(f.outcome()).isEqualTo("read");
        assertThat(f.lastRequest().serial()).isEqualTo(renewed.serial());
    }

    @Test
    void waitsForASocketThatAppearsLate() throws Exception {
        Path late = Files.createDirectory(folder.resolve("late"));
        try (Fixture g = new Fixture(late, FakeWorkloadApi.stopped(late.resolve("a.sock")), Map.of())) {
            g.safe.put("vsecm-operator", "{}");
            assertThat(g.outcome()).isEqualTo("IdentityUnavailable");
            assertThat(g.failure().message()).contains("not reached");
            g.agent.start();
            g.issue(Fixture.OPERATOR);
            g.time.pass(Duration.ofSeconds(1));
            assertThat(g.outcome()).isEqualTo("read");
        }
    }

    @Test
    void anAgentWithoutIdentityAtTheStartIsAskedAgain() {
        f.agent.refuse("INVALID_ARGUMENT");
        assertThat(f.failure().message()).contains("INVALID_ARGUMENT");
        f.agent.allow();
        f.time.pass(Duration.ofSeconds(1));
        assertThat(f.outcome()).isEqualTo("read");
    }

    @Test
    void closingForgetsTheSvid() {
        assertThat(f.outcome()).isEqualTo("read");
        f.store.close();
        assertThat(f.outcome()).isEqualTo("IdentityUnavailable");
        await().atMost(10, SECONDS).until(() -> f.agent.open() == 0);
        assertThat(f.time.pending()).isZero();
    }
}
