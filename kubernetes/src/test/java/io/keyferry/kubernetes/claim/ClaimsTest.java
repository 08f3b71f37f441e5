package io.keyferry.kubernetes.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.read.SyncId;
import io.keyferry.kubernetes.claim.Claims.Claim;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final String PLACE = "place";

    private final Claims<String> claims = new Claims<>();

    private static SyncId id(String name) {
        return new SyncId("d", "ns", name);
    }

    private static Claim claim(String name, int second) {
        return new Claim(id(name), "uid-" + name, Instant.ofEpochSecond(second).toString());
    }

    private boolean has(String name) {
        return claims.olderThan(PLACE, "uid-" + name).isEmpty();
    }

    @Test
    void theOldestHasIt() {
        assertThat(claims.claim(claim("b", 2), PLACE)).isEmpty();
        assertThat(claims.claim(claim("c", 3), PLACE)).isEmpty();
        assertThat(has("b")).isTrue();
        assertThat(has("c")).isFalse();
    }

    @Test
    void whoLosesItIsTold() {
        claims.claim(claim("b", 2), PLACE);
        assertThat(claims.claim(claim("a", 1), PLACE)).containsExactly(id("b"));
        assertThat(has("b")).isFalse();
        assertThat(claims.claim(claim("a", 1), PLACE)).isEmpty();
        assertThat(claims.claim(claim("a", 1), "elsewhere")).containsExactly(id("b"));
        assertThat(has("b")).isTrue();
    }

    @Test
    void ofTheSameSecondTheFirstToAskKeepsIt() {
        claims.claim(claim("z", 1), PLACE);
        assertThat(claims.claim(claim("a", 1), PLACE)).isEmpty();
        assertThat(claims.claim(claim("z", 1), PLACE)).isEmpty();
        assertThat(has("z")).isTrue();
    }

    @Test
    void ofTheSameSecondWhoHadItBeforeARestartKeepsIt() {
        claims.claim(claim("a", 1), PLACE);
        assertThat(claims.claim(claim("z", 1), PLACE, true)).isEqualTo(List.of(id("a")));
        assertThat(has("z")).isTrue();
    }

    @Test
    void whoComesFromElsewhereHadItNot() {
        claims.claim(claim("a", 1), PLACE);
        claims.claim(claim("z", 1), "elsewhere", true);
        assertThat(claims.claim(claim("z", 1), PLACE, true)).isEmpty();
        assertThat(has("a")).isTrue();
    }
}
