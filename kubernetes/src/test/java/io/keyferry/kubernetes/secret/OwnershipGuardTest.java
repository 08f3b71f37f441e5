package io.keyferry.kubernetes.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.Problem;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Owner;
import io.keyferry.kubernetes.claim.Claims;
import io.keyferry.kubernetes.claim.Claims.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnershipGuardTest {
    private static final SecretName TARGET = new SecretName("ns", "target");
    private static final OwnerRef OWNER = OwnerRef.controlling("k8s.kiwi.com/v1", "VaultSecret", "mine", "uid-mine");
    private static final SyncId MINE = new SyncId("vaultsecret", "ns", "mine");
    private static final SyncId OTHER = new SyncId("vaultsecret", "ns", "other");

    private final Claims<SecretName> claims = new Claims<>();

    private Optional<Problem> check(@Nullable Owner owner, String... gone) {
        Observed observed = new Observed(
                true, Optional.ofNullable(owner), Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), "Opaque", "1");
        SecretContent content = new SecretContent(Map.of(), Map.of(), Map.of(), "Opaque", false, List.of());
        OwnershipGuard guard = new OwnershipGuard(
                TARGET, OWNER, claims, candidate -> List.of(gone).contains(candidate.uid()));
        return guard.check(new Change(observed, content, List.of()));
    }

    @Test
    void oneIsAllowedWhatOneControls() {
        assertThat(check(new Owner("k8s.kiwi.com", "VaultSecret", "mine", "uid-mine")))
                .isEmpty();
    }

    @Test
    void anotherKindsSecretIsRefused() {
        assertThat(check(new Owner("bitnami.com", "SealedSecret", "mine", "uid"))
                        .orElseThrow()
                        .message())
                .isEqualTo(
                        "Secret ns/target is controlled by SealedSecret.bitnami.com mine: choose another target or delete that Secret");
    }

    @Test
    void anotherLiveObjectsSecretIsRefused() {
        assertThat(check(new Owner("k8s.kiwi.com", "VaultSecret", "other", "uid-other")))
                .isPresent();
    }

    @Test
    void aSecretOfAnObjectThatIsGoneMayBeTaken() {
        assertThat(check(new Owner("k8s.kiwi.com", "VaultSecret", "other", "uid-other"), "uid-other"))
                .isEmpty();
    }

    @Test
    void aSecretOfAnEarlierLifeMayBeTaken() {
        assertThat(check(new Owner("k8s.kiwi.com", "VaultSecret", "mine", "uid-before")))
                .isEmpty();
    }

    @Test
    void ofSeveralWhoWantAFreeSecretTheOldestHasIt() {
        claims.claim(new Claim(MINE, "uid-mine", Instant.EPOCH.plusSeconds(5).toString()), TARGET);
        assertThat(check(null)).isEmpty();
        claims.claim(new Claim(OTHER, "uid-other", Instant.EPOCH.toString()), TARGET);
        assertThat(check(null).orElseThrow().message()).contains("older VaultSecret other");
        assertThat(claims.release(OTHER)).containsExactly(MINE);
        assertThat(check(null)).isEmpty();
    }

    @Test
    void whoMovesOnFreesWhatItClaimed() {
        claims.claim(new Claim(MINE, "uid-mine", Instant.EPOCH.plusSeconds(5).toString()), TARGET);
        claims.claim(new Claim(OTHER, "uid-other", Instant.EPOCH.toString()), TARGET);
        assertThat(claims.claim(
                        new Claim(OTHER, "uid-other", Instant.EPOCH.toString()), new SecretName("ns", "elsewhere")))
                .containsExactly(MINE);
        assertThat(claims.claimants(TARGET)).containsExactly(MINE);
    }

    @Test
    void aRecreatedObjectReplacesItsOwnClaim() {
        claims.claim(new Claim(MINE, "uid-before", Instant.EPOCH.toString()), TARGET);
        claims.claim(new Claim(MINE, "uid-mine", Instant.EPOCH.plusSeconds(9).toString()), TARGET);
        assertThat(claims.claimants(TARGET)).containsExactly(MINE);
        assertThat(check(null)).isEmpty();
    }
}
