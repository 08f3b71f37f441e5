package io.keyferry.acceptance.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.SafeWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./dev image} makes of the build at hand. */
@WithWorld
class ImageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path TARGET = Place.root().resolve("image/target");
    private static final String ENTRY_POINT = "/opt/keyferry/bin/keyferry";
    private static final String ALIAS = "/manager";

    @TempDir
    private static Path folder;

    private static ImageRoot image;

    private final Cluster cluster;
    private final Vault vault;

    ImageTest(Cluster cluster, Vault vault) {
        this.cluster = cluster;
        this.vault = vault;
        World.installCrds(cluster);
        SafeWorld.installCrds(cluster);
    }

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        Process dev = new ProcessBuilder(Place.root().resolve("dev").toString(), "image", "--as-built")
                .redirectErrorStream(true)
                .start();
        dev.getOutputStream().close();
        String output = new String(dev.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(dev.waitFor()).as(output).isZero();
        assertThat(output).contains("wrote image/target/keyferry-image.tar").contains("keyferry:0.", "sha256:");
        image = ImageRoot.unpack(TARGET.resolve("keyferry-image.tar"), folder);
    }

    /** Has a program of the image be the operator, and shows it the cluster. */
    private OperatorProcess.Builder run(OperatorProcess.Builder operator, String program, Path... shown)
            throws IOException {
        return operator.launcher(launcher(program, shown))
                .arguments("--kubeconfig=" + image.show(cluster.kubeconfig()));
    }

    private Path launcher(String program, Path... shown) throws IOException {
        List<Path> all = new ArrayList<>(List.of(shown));
        all.add(Objects.requireNonNull(cluster.certificateAuthority().getParent()));
        for (Path one : all) {
            image.mount(one);
        }
        return image.launcher(program, all);
    }

    @Test
    void itIsMadeForAUserWhoIsNotRootAndSaysWhatItIs() {
        JsonNode config = image.config();
        assertThat(config.path("User").asText()).isEqualTo("65532:65532");
        assertThat(config.at("/Entrypoint/0").asText()).isEqualTo(ENTRY_POINT);
        assertThat(config.at("/Cmd/0").asText()).isEqualTo("operator");
        Map<String, String> labels = new ObjectMapper().convertValue(config.path("Labels"), new Strings());
        assertThat(labels)
                .containsEntry("org.opencontainers.image.title", "Keyferry")
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                .containsKeys(
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.revision",
                        "org.opencontainers.image.created");
    }

    private static final class Strings extends TypeReference<Map<String, String>> {}

    @Test
    void nobodyCanWriteToItAndItHasNoOtherPrograms() throws IOException {
        List<String> writable = new ArrayList<>();
        List<String> programs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(image.file("/"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                String name = "/" + image.file("/").relativize(file);
                if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                        || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
                    writable.add(name);
                }
                if (permissions.contains(PosixFilePermission.OTHERS_EXECUTE)
                        && !name.contains(".so")
                        && !name.startsWith("/shown/")) {
                    programs.add(name);
                }
            }
        }
        assertThat(writable).isEmpty();
        assertThat(programs)
                .containsExactlyInAnyOrder(ENTRY_POINT, ALIAS, "/opt/keyferry/lib/runtime/lib/jspawnhelper");
    }

    @Test
    void itCarriesSecretsAndStopsWhenToldTo() throws IOException {
        try (World world = new World(cluster, vault);
                OperatorProcess operator = run(world.operator(), ENTRY_POINT).start()) {
            operator.awaitReady(PATIENCE);
            world.mount.put("a", Map.of("user", "shop"));
            world.create("a", Map.of("paths", List.of(Map.of("path", world.mount.name() + "/a"))));
            world.awaitData("a", Map.of("user", "shop"));
            operator.terminate();
            assertThat(operator.awaitExit(PATIENCE)).isZero();
        }
    }

    @Test
    void existingManifestsCallItByItsOtherNameWithFlagsAlone() throws IOException {
        String alias = image.isConfined() ? ALIAS : ENTRY_POINT;
        PushWorld.Login login = PushWorld.login(cluster, vault);
        PushWorld world = new PushWorld(cluster, vault);
        Path script = launcher(alias);
        Path flagsAlone =
                Files.writeString(folder.resolve("flags.sh"), "#!/bin/sh\nshift\nexec '%s' \"$@\"\n".formatted(script));
        Files.setPosixFilePermissions(flagsAlone, Files.getPosixFilePermissions(script));
        try (OperatorProcess operator = run(world.operator(login), alias)
                .arguments("--service-account-token-file=" + image.show(login.tokenFile()))
                .launcher(flagsAlone)
                .start()) {
            operator.awaitReady(PATIENCE);
            world.secret("s", Map.of("k", "v"), Map.of(PushWorld.PATH, world.path("s")));
            world.awaitData("s", Map.of("k", "v"));
        } finally {
            world.close();
        }
    }

    @Test
    void theWorkloadApiIsReachedWithoutAFolderForTemporaryFiles() throws IOException {
        try (SafeWorld world = new SafeWorld(cluster)) {
            Files.setPosixFilePermissions(
                    world.folder().resolve("agent.sock"), PosixFilePermissions.fromString("rwxrwxrwx"));
            world.safe.put(SafeWorld.OPERATOR, "{\"user\":\"shop\"}");
            try (OperatorProcess operator = run(world.operator(), ENTRY_POINT, world.folder())
                    .environment("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=/nowhere")
                    .start()) {
                operator.awaitReady(PATIENCE);
                world.create("a", "1s", "user=user");
                world.place.awaitData("a", Map.of("user", "shop"), Place.SOON);
            }
        }
    }

    @Test
    void theAotCacheIsOfThisBuildAndTaken() throws IOException {
        for (String program : image.isConfined() ? List.of(ENTRY_POINT, ALIAS) : List.of(ENTRY_POINT)) {
            try (OperatorProcess version = OperatorProcess.operator()
                    .launcher(image.launcher(program, List.of()))
                    .environment("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on")
                    .launch("--version")) {
                assertThat(version.awaitExit(PATIENCE))
                        .as("%s", version.lines())
                        .isZero();
                // Of the originals that were called so the one that tells its version.
                String name = program.equals(ALIAS) ? "vault-sync-operator" : "keyferry";
                assertThat(version.lines()).anyMatch(line -> line.startsWith(name + " version "));
            }
        }
    }

    @Test
    void everyLibraryIsListedWithItsLicence() throws IOException {
        byte[] listed = Files.readAllBytes(TARGET.resolve("bom.json"));
        assertThat(Files.readAllBytes(image.file("/opt/keyferry/bom.json"))).isEqualTo(listed);
        JsonNode components = new ObjectMapper().readTree(listed).path("components");
        Set<String> names = StreamSupport.stream(components.spliterator(), false)
                .map(one ->
                        one.path("name").asText() + "-" + one.path("version").asText() + ".jar")
                .collect(Collectors.toSet());
        try (Stream<Path> jars = Files.list(image.file("/opt/keyferry/lib/app/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())).isSubsetOf(names);
        }
        assertThat(names).anyMatch(name -> name.startsWith("OpenJDK")).anyMatch(name -> name.startsWith("glibc"));
        assertThat(components)
                .allSatisfy(one -> assertThat(one.path("licenses"))
                        .as(one.path("name").asText())
                        .isNotEmpty());
    }
}
