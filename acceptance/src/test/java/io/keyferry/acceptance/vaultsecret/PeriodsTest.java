package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A period is a Go duration. One that is none makes the object invalid, in Go's words and without a Secret, until it is
 * edited; zero and less sync once.
 */
@WithOperator
class PeriodsTest {
    private final World world;
    private final OperatorProcess operator;

    PeriodsTest(World world, OperatorProcess operator) {
        this.world = world;
        this.operator = operator;
        world.mount.put("app", Map.of("k", "v"));
    }

    @ParameterizedTest
    @CsvSource({
        "10d, 'time: unknown unit \"d\" in duration \"10d\"'",
        "10, 'time: missing unit in duration \"10\"'",
        "abc, 'time: invalid duration \"abc\"'",
        "1 h, 'time: unknown unit \" h\" in duration \"1 h\"'"
    })
    void whatIsNoDurationIsInvalid(String period, String words) {
        world.createReading("app", "app", period);
        assertThat(world.awaitEvent("app", "invalid resource").getMessage())
                .isEqualTo("VaultSecret.Spec.ReconcilePeriod is invalid: " + words);
        assertThat(world.awaitLog(operator, "app", "validate")).contains("\"level\":\"error\"");
        assertThat(world.secret("app")).isNull();
        world.awaitReady("app", "False InvalidResource");
    }

    @Test
    void anInvalidObjectIsNotTriedAgainUntilItIsEdited() throws IOException {
        Reconciles reconciles = new Reconciles(operator, world);
        world.createReading("app", "app", "10d");
        world.awaitEvent("app", "invalid resource");
        world.createReading("clock", "app", "250ms");
        reconciles.awaitMore("clock", 6);
        assertThat(world.awaitEvent("app", "invalid resource").getCount()).isEqualTo(1);
        assertThat(reconciles.of("app")).isZero();
        world.respec("app", Map.of("paths", List.of(world.path("app")), "reconcilePeriod", "1h"));
        world.awaitData("app", Map.of("k", "v"));
        world.awaitReady("app", "True Synced");
    }

    @Test
    void anObjectThatBecomesInvalidKeepsItsSecret() {
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
        world.respec("app", Map.of("paths", List.of(world.path("app")), "reconcilePeriod", "1w"));
        world.awaitReady("app", "False InvalidResource");
        assertThat(world.data("app")).isEqualTo(Map.of("k", "v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1h30m", "1.5h", "", "+5m", "90m0.5s"})
    void durationsAreAccepted(String period) {
        world.createReading("app", "app", period);
        world.awaitData("app", Map.of("k", "v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "-1s"})
    void zeroAndLessSyncOnce(String period) throws IOException {
        Reconciles reconciles = new Reconciles(operator, world);
        world.mount.put("other", Map.of("k", "v"));
        world.createReading("app", "app", period);
        world.awaitData("app", Map.of("k", "v"));
        world.awaitReady("app", "True Synced");
        world.mount.put("app", Map.of("k", "new"));
        world.createReading("clock", "other", "250ms");
        reconciles.awaitMore("clock", 5);
        assertThat(reconciles.of("app")).isEqualTo(1);
        assertThat(world.data("app")).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void aTinyPeriodIsNoHotLoop() throws IOException {
        Reconciles reconciles = new Reconciles(operator, world);
        world.createReading("app", "app", "1ns");
        world.createReading("clock", "app", "1s");
        world.awaitData("app", Map.of("k", "v"));
        world.awaitData("clock", Map.of("k", "v"));
        double before = reconciles.of("app");
        reconciles.awaitMore("clock", 3);
        // Four times a second at most; three ticks of the clock take three to four seconds, or more on a busy machine.
        assertThat(reconciles.of("app") - before).isBetween(1.0, 60.0);
    }
}
