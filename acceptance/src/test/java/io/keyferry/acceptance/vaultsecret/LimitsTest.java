package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is too deep or too large is reported, changes nothing and harms nobody else. */
@WithOperator
class LimitsTest {
    private final World world;

    LimitsTest(World world) {
        this.world = world;
    }

    @Test
    void whatIsNestedTooDeepIsReportedAndAnEditHelps() {
        Map<String, Object> deep = Map.of("leaf", "x");
        for (int i = 0; i < 600; i++) {
            deep = Map.of("a", deep);
        }
        world.mount.put("deep", deep);
        world.mount.put("app", Map.of("k", "v"));
        world.createReading("app", "deep", "1h");
        assertThat(world.awaitEvent("app", "vault read failed").getMessage()).contains("nested deeper than 100 levels");
        world.respec("app", Map.of("paths", List.of(world.path("app"))));
        world.awaitData("app", Map.of("k", "v"));
    }

    @Test
    void whatIsTooLargeForASecretIsReportedAndNobodyElseSuffers() {
        world.mount.put("large", Map.of("k", "x".repeat(900_000)));
        world.mount.put("app", Map.of("k", "v"));
        List<Map<String, String>> paths = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            paths.add(world.path("large", "p" + i + "/"));
            world.mount.put("many/" + i, Map.of("k", "x".repeat(900_000)));
        }
        world.create("same", Map.of("paths", paths));
        world.create("many", Map.of("paths", List.of(world.path("many/*"))));
        assertThat(world.awaitEvent("same", "vault read failed").getMessage()).contains("larger than 4 MiB together");
        assertThat(world.awaitEvent("many", "vault read failed").getMessage()).contains("larger than 4 MiB together");
        world.createReading("app", "app", "1h");
        world.awaitData("app", Map.of("k", "v"));
    }
}
