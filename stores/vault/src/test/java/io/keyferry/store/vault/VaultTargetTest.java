package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Differ;
import io.keyferry.engine.target.LockLostException;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.WriteFence;
import io.keyferry.store.vault.VaultTargetSpec.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has a path when several write it, step by step. */
class VaultTargetTest {
    private static final Owner MINE = new Owner("here", "Secret", "ns/mine", "uid-mine");
    private static final Owner OTHER = new Owner("there", "Secret", "ns/other", "uid-other");
    private static final SecretContent WANTED = new SecretContent(
            Map.of("k", SecretValue.utf8("wanted")), Map.of(), Map.of("keyferry-keys", "k"), "", false, List.of());

    private final FakeVault vault = new FakeVault();
    private final FakeKv kv = new FakeKv(vault);
    private final Fingerprinter fingerprinter = Fingerprinter.random();
    private final AtomicInteger looks = new AtomicInteger();
    private Runnable betweenLooks = () -> {};

    @AfterEach
    void stop() {
        vault.close();
    }

    private VaultTarget target(Purpose purpose) throws VaultError {
        ManualTime time = new ManualTime();
        VaultConfig config = VaultConfig.defaults();
        RetryPause.Sleeper sleeper = pause -> {
            looks.incrementAndGet();
            betweenLooks.run();
        };
        VaultClient client = new VaultClient(
                new HttpWire(config), config, new ErrorAnswers(time), new RetryPause(sleeper, () -> 0.5));
        KvClient speaking = new KvClient(
                new Endpoint(VaultAddress.parse(vault.url()), ""),
                new TokenSession("hvs.token"),
                client,
                new MountProbe(client, time),
                new WriteLimit(time, sleeper, new SilentObserver()),
                WriteFence.none(),
                fingerprinter,
                time);
        return new VaultTarget(
                new VaultTargetSpec(FakeKv.PATH, MINE, purpose),
                speaking,
                new Rights(time),
                fingerprinter,
                sleeper,
                new SilentObserver());
    }

    private static final class SilentObserver implements VaultObserver {
        @Override
        public void loggedIn(boolean success) {}

        @Override
        public void passedLimit(Duration waited) {}

        @Override
        public void wroteLarge() {}
    }

    private Change change(VaultTarget target, Observed observed) {
        return new Differ(fingerprinter)
                .between(observed, target.holdable(WANTED), target.owner(), target.dataPolicy());
    }

    private void othersMark() {
        kv.mark(OwnerMark.write(OTHER));
    }

    @Test
    void whatIsWrittenIsMarkedAndWhatOthersNotedStays() throws Exception {
        kv.put("{\"k\":\"old\"}");
        kv.age(Duration.ofHours(1));
        kv.mark(Map.of("team", "shop"));
        VaultTarget target = target(Purpose.WRITE);
        target.apply(change(target, target.observe()));
        assertThat(kv.data()).isEqualTo("{\"k\":\"wanted\"}");
        assertThat(kv.metadata())
                .containsEntry("team", "shop")
                .containsEntry("keyferry-uid", "uid-mine")
                .containsEntry("keyferry-keys", "k");
        assertThat(change(target, target.observe()).isNothing()).isTrue();
        assertThat(looks).as("nobody waits for an old secret, nor for oneself").hasValue(0);
    }

    @Test
    void whatSomebodyHasJustWrittenIsLookedAtUntilItIsMarked() throws Exception {
        kv.put("{\"k\":\"other's\"}");
        betweenLooks = this::othersMark;
        assertThat(target(Purpose.WRITE).observe().owner()).contains(OTHER);
        assertThat(looks).hasValue(1);
    }

    @Test
    void aMarkThatDoesNotComeIsNotWaitedForLong() throws Exception {
        kv.put("{\"k\":\"nobody's\"}");
        betweenLooks = () -> kv.age(Duration.ofMillis(250));
        assertThat(target(Purpose.WRITE).observe().owner()).isEmpty();
        assertThat(looks.get()).isBetween(8, 16);
    }

    @Test
    void whoIsOvertakenBetweenDataAndMarkDoesNotMark() throws Exception {
        VaultTarget target = target(Purpose.WRITE);
        Change change = change(target, target.observe());
        kv.afterWrite(() -> {
            kv.put("{\"k\":\"other's\"}");
            othersMark();
        });
        assertThatThrownBy(() -> target.apply(change)).isInstanceOf(LockLostException.class);
        assertThat(kv.metadata()).isEqualTo(OwnerMark.write(OTHER));
        assertThat(target.observeFresh().owner()).contains(OTHER);
    }

    @Test
    void whoIsOvertakenWhileItMarksFindsOut() throws Exception {
        VaultTarget target = target(Purpose.WRITE);
        Change change = change(target, target.observe());
        kv.afterMark(this::othersMark);
        assertThatThrownBy(() -> target.apply(change)).isInstanceOf(LockLostException.class);
        assertThat(target.observeFresh().owner()).contains(OTHER);
    }

    @Test
    void whoseDataIsOverwrittenWhileItMarksWaitsForTheOthersMark() throws Exception {
        VaultTarget target = target(Purpose.WRITE);
        Change change = change(target, target.observe());
        kv.afterMark(() -> kv.put("{\"k\":\"other's\"}"));
        assertThatThrownBy(() -> target.apply(change)).isInstanceOf(LockLostException.class);
        betweenLooks = this::othersMark;
        assertThat(target.observeFresh().owner()).contains(OTHER);
    }

    @Test
    void aWriteThatComesTooLateIsNone() throws Exception {
        VaultTarget target = target(Purpose.WRITE);
        Change change = change(target, target.observe());
        kv.put("{\"k\":\"other's\"}");
        assertThatThrownBy(() -> target.apply(change)).isInstanceOf(LockLostException.class);
        assertThat(kv.data()).isEqualTo("{\"k\":\"other's\"}");
    }

    @Test
    void whatChangedSinceItWasSeenIsNotRemoved() throws Exception {
        kv.put("{\"k\":\"wanted\"}");
        kv.mark(OwnerMark.write(MINE));
        for (Purpose purpose : List.of(Purpose.REMOVE, Purpose.REMOVE_FOR_GOOD)) {
            VaultTarget target = target(purpose);
            Change removal = Change.removal(target.observe());
            kv.put("{\"k\":\"other's\"}");
            assertThatThrownBy(() -> target.remove(removal)).isInstanceOf(LockLostException.class);
        }
        assertThat(kv.data()).isEqualTo("{\"k\":\"other's\"}");
        VaultTarget target = target(Purpose.REMOVE);
        target.remove(Change.removal(target.observe()));
        assertThat(kv.data()).isEmpty();
        assertThat(kv.version()).isEqualTo(3);
    }

    @Test
    void whereMarksAreForbiddenAPathHasNoOwner() throws Exception {
        kv.forbidMarks();
        VaultTarget target = target(Purpose.WRITE);
        target.apply(change(target, target.observe()));
        assertThat(kv.data()).isEqualTo("{\"k\":\"wanted\"}");
        Change next = change(target, target.observe());
        assertThat(target.owner()).isEmpty();
        assertThat(next.isNothing()).isTrue();
        assertThat(kv.count("POST /v1/secret/metadata/app")).isEqualTo(1);
    }
}
