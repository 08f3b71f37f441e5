package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;

import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.Vault;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of objects while Vault is away. */
@WithWorld
class VaultAwayTest {
    @Test
    void anObjectIsLetGoWhenPatienceEnds(PushWorld any, @Own Vault vault) {
        PushWorld world = new PushWorld(any.cluster, vault);
        world.secret("db", Map.of("k", "1"), Map.of(PATH, world.path("db")));
        try (OperatorProcess _ = world.operator()
                .environment("KEYFERRY_VAULTSYNC_DELETE_GIVE_UP", "2s")
                .start()) {
            world.awaitData("db", Map.of("k", "1"));
            vault.stop();
            world.secret("db").delete();
            PushWorld.awaitThat("gone", () -> world.secret("db").get() == null);
            world.awaitEvent("db", "GaveUp");
        } finally {
            world.close();
        }
    }
}
