package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static io.keyferry.acceptance.PushWorld.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.WithOperator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written where, in each mode. */
@WithOperator(dialect = "vaultsync")
class ModesTest {
    private final PushWorld world;

    ModesTest(PushWorld world) {
        this.world = world;
    }

    @Test
    void selectedKeysAndNothingElse() {
        world.secret("db", Map.of("user", "u", "password", "p <&> \"q\"\n", "host", "h"));
        world.deployment(
                "app",
                Map.of(PATH, world.path("app"), SECRETS, "[{\"name\":\"db\",\"keys\":[\"user\",\"password\"]}]"));
        world.awaitData("app", Map.of("user", "u", "password", "p <&> \"q\"\n"));
        assertThat(world.versions("app")).isEqualTo(1);
        assertThat(world.deployment("app").require().getMetadata().getFinalizers())
                .contains(PushWorld.FINALIZER);
        PushWorld.awaitThat(
                "secret-versions",
                () -> PushWorld.annotation(world.deployment("app"), PushWorld.VERSIONS)
                        .equals("{\"db\":\"%s\"}"
                                .formatted(world.secret("db")
                                        .require()
                                        .getMetadata()
                                        .getResourceVersion())));
        assertThat(world.marks("app"))
                .containsEntry("keyferry-kind", "Deployment")
                .containsEntry("keyferry-name", "app")
                .containsEntry("keyferry-keys", "password,user");
    }

    @Test
    void onePathForEachDiscoveredSecretAndNothingAtTheBase() {
        world.secret("one", Map.of("a", "1", "b", "2"));
        world.secret("two", Map.of("c", "3"));
        world.secret("three", Map.of("d", "4"));
        world.secret("pull", Map.of("x", "x"));
        world.deployment(
                "app",
                Map.of(PATH, world.path("app")),
                new PodSpecBuilder()
                        .addNewInitContainer()
                        .withName("init")
                        .withImage("image")
                        .addNewEnv()
                        .withName("A")
                        .withNewValueFrom()
                        .withNewSecretKeyRef("a", "one", false)
                        .endValueFrom()
                        .endEnv()
                        .endInitContainer()
                        .addNewContainer()
                        .withName("main")
                        .withImage("image")
                        .addNewEnvFrom()
                        .withNewSecretRef("two", false)
                        .endEnvFrom()
                        .endContainer()
                        .addNewVolume()
                        .withName("v")
                        .withNewSecret()
                        .withSecretName("three")
                        .endSecret()
                        .endVolume()
                        .addNewImagePullSecret("pull")
                        .build());
        world.awaitData("app/one", Map.of("a", "1", "b", "2"));
        world.awaitData("app/two", Map.of("c", "3"));
        world.awaitData("app/three", Map.of("d", "4"));
        assertThat(world.mount.list("app")).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(world.versions("app")).isZero();
    }

    @Test
    void moreIsDiscoveredIfTheObjectSaysSo() {
        world.secret("pull", Map.of("x", "x"));
        world.secret("part", Map.of("y", "y"));
        world.deployment(
                "app",
                Map.of(PATH, world.path("app"), "keyferry.io/discover", "imagePullSecrets, projected"),
                new PodSpecBuilder()
                        .addNewContainer()
                        .withName("main")
                        .withImage("image")
                        .endContainer()
                        .addNewVolume()
                        .withName("v")
                        .withNewProjected()
                        .addNewSource()
                        .withNewSecret()
                        .withName("part")
                        .endSecret()
                        .endSource()
                        .endProjected()
                        .endVolume()
                        .addNewImagePullSecret("pull")
                        .build());
        world.awaitData("app/pull", Map.of("x", "x"));
        world.awaitData("app/part", Map.of("y", "y"));
    }

    @Test
    void severalSecretsWithPrefixes() {
        world.secret("db", Map.of("user", "u", "other", "o"));
        world.secret("mail", Map.of("key", "k"));
        world.deployment(
                "app",
                Map.of(
                        PATH,
                        world.path("app"),
                        SECRETS,
                        "[{\"name\":\"db\",\"keys\":[\"user\"],\"prefix\":\"db_\"},"
                                + "{\"NAME\":\"mail\",\"Keys\":[\"key\"],\"prefix\":\"mail-\",\"more\":1}]"));
        world.awaitData("app", Map.of("db_user", "u", "mail-key", "k"));
    }

    @Test
    void aSecretAsAWholeOrSomeKeysOfIt() {
        world.secret("whole", Map.of("a", "1", "b", "2"), Map.of(PATH, world.path("whole")));
        world.secret(
                "part",
                Map.of("a", "1", "b", "2"),
                Map.of(PATH, world.path("part"), SECRETS, "[{\"name\":\"part\",\"keys\":[\"b\"]}]"));
        world.awaitData("whole", Map.of("a", "1", "b", "2"));
        world.awaitData("part", Map.of("b", "2"));
        assertThat(PushWorld.hasFinalizer(world.secret("whole"))).isTrue();
    }

    @Test
    void anOptionalSecretThatIsMissingHoldsUpNothing() {
        world.secret("there", Map.of("a", "1"));
        world.deployment(
                "app",
                Map.of(PATH, world.path("app")),
                new PodSpecBuilder()
                        .addNewContainer()
                        .withName("main")
                        .withImage("image")
                        .addNewEnvFrom()
                        .withNewSecretRef("missing", true)
                        .endEnvFrom()
                        .addNewEnvFrom()
                        .withNewSecretRef("there", false)
                        .endEnvFrom()
                        .endContainer()
                        .build());
        world.awaitData("app/there", Map.of("a", "1"));
        PushWorld.awaitThat(
                "secret-versions",
                () -> PushWorld.annotation(world.deployment("app"), PushWorld.VERSIONS)
                        .contains("there"));
        assertThat(world.events("app")).noneMatch(event -> event.getType().equals("Warning"));
        world.secret("missing", Map.of("late", "1"));
        world.awaitData("app/missing", Map.of("late", "1"));
    }

    @Test
    void aRequiredSecretThatIsMissingHoldsUpNoOther() {
        world.secret("there", Map.of("a", "1"));
        world.deployment("app", Map.of(PATH, world.path("app")), "missing", "there");
        world.awaitData("app/there", Map.of("a", "1"));
        assertThat(world.awaitEvent("app", "SecretMissing").getMessage())
                .isEqualTo("failed to get secret missing: Secret \"missing\" not found");
    }

    @Test
    void binaryValuesSurviveAndTextStaysText() {
        byte[] binary = {(byte) 0xff, 0, (byte) 0xfe, 'a'};
        world.binarySecret("key", "bytes", binary, Map.of(PATH, world.path("key")));
        String text = "grüße\u0000\u2028 😀\n";
        world.secret("text", Map.of("t", text), Map.of(PATH, world.path("text")));
        world.awaitData("key", Map.of("bytes", Base64.getEncoder().encodeToString(binary)));
        PushWorld.awaitThat("mark", () -> "bytes".equals(world.marks("key").get("keyferry-base64")));
        world.awaitData("text", Map.of("t", text));
        assertThat(world.marks("text")).doesNotContainKey("keyferry-base64");
    }
}
