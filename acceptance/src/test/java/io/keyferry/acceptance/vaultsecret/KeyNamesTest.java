package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.OperatorProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Format env leaves out keys that the API server refuses, and logs each of them; json and yaml keep them all. */
@WithOperator
class KeyNamesTest {
    private static final String TOO_LONG = "x".repeat(254);

    private final World world;
    private final OperatorProcess operator;

    KeyNamesTest(World world, OperatorProcess operator) {
        this.world = world;
        this.operator = operator;
    }

    @Test
    void envSkipsAndLogsWhatIsNoKeyOfASecret() {
        world.mount.put("app", Map.of("email@example.com", "a", "sp ace", "b", "valid", "c", "é", "d", "..x", "e"));
        world.create("app", Map.of("paths", List.of(world.path("app"))));
        world.awaitData("app", Map.of("valid", "c"));
        world.awaitReady("app", "True Synced");
        for (String key : List.of("email@example.com", "sp ace", "é", "..x")) {
            operator.awaitLine(
                    line -> line.contains(world.namespace)
                            && line.contains("\"level\":\"error\"")
                            && line.contains("\"error\":\"invalid key \\\"" + key + "\\\"\""),
                    World.SOON);
        }
    }

    @Test
    void envSkipsWhatIsTooLong() {
        world.mount.put("app", Map.of(TOO_LONG, "a", TOO_LONG.substring(1), "b"));
        world.create("app", Map.of("paths", List.of(world.path("app"))));
        world.awaitData("app", Map.of(TOO_LONG.substring(1), "b"));
    }

    @Test
    void aSeparatorMayMakeNamesIllegal() {
        world.mount.put("app", Map.of("a", Map.of("b", "1"), "c", "2"));
        world.create("app", Map.of("paths", List.of(world.path("app")), "separator", "/"));
        world.awaitData("app", Map.of("c", "2"));
    }

    @Test
    void jsonAndYamlKeepThemAll() {
        world.mount.put("app", Map.of("email@example.com", "a", "sp ace", "b", "valid", "c"));
        world.create("json", Map.of("paths", List.of(world.path("app")), "targetFormat", "json"));
        world.create("yaml", Map.of("paths", List.of(world.path("app")), "targetFormat", "yaml"));
        assertThat(world.awaitEntry("json", "secrets.json")).isEqualTo("""
                {
                  "email@example.com": "a",
                  "sp ace": "b",
                  "valid": "c"
                }""");
        assertThat(world.awaitEntry("yaml", "secrets.yaml")).isEqualTo("""
                email@example.com: a
                sp ace: b
                valid: c
                """);
    }

    @Test
    void nothingIsChangedInANameThatIsLegal() {
        Map<String, String> names = Map.of("UPPER", "1", "lower", "2", "Mi-x.ed_9", "3", ".hidden", "4", "-", "5");
        world.mount.put("app", names);
        world.create("app", Map.of("paths", List.of(world.path("app"))));
        world.awaitData("app", names);
    }
}
