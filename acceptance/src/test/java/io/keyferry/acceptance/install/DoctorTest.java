package io.keyferry.acceptance.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.PushWorld;
import io.keyferry.acceptance.SafeWorld;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.FreePort;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Own;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code keyferry doctor} and {@code keyferry support-bundle}. */
@WithWorld
class DoctorTest {
    private static final Pattern MISSING =
            Pattern.compile("may not ([a-z]+) ([a-z]+)(?:\\.[a-z0-9.]+)?(/[a-z]+)?[ :].*");
    private static final String MARKER = "planted-marker-1b7e2";

    private final World world;

    DoctorTest(World world) {
        this.world = world;
    }

    @BeforeEach
    void install() {
        World.installCrds(world.cluster);
        SafeWorld.installCrds(world.cluster);
        AwsWorld.installCrds(world.cluster);
    }

    private record Told(int exit, List<String> lines) {
        private List<String> about(String topic) {
            return lines.stream().filter(line -> line.contains(topic)).toList();
        }
    }

    private static Told run(OperatorProcess.Builder operator, String... command) {
        try (OperatorProcess process = operator.command(command)) {
            int exit = process.awaitExit(Place.SOON);
            return new Told(exit, process.lines());
        }
    }

    private static String[] only(String dialect, String... more) {
        return Stream.concat(
                        Stream.of("dialects.%s.enabled=true".formatted(dialect), "vsecmsecret.spiffeId.create=false"),
                        Stream.of(more))
                .map("--set="::concat)
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vaultsecret", "syncedsecret", "vsecmsecret", "vaultsync"})
    void whoeverMayDoNothingIsToldEveryRightThatTheChartGrants(String dialect) {
        world.cluster.newServiceAccount(world.namespace, "nobody");
        Path nobody = world.cluster.kubeconfigFor(world.cluster.tokenOf(world.namespace, "nobody"));
        String[] values = only(dialect, "vault.address=" + world.vault.address());
        try (Release release = Release.install(world.cluster, world.namespace, values)) {
            Told told = run(
                    release.operator()
                            .environment("AWS_REGION", "eu-west-1")
                            .environment("AWS_ACCESS_KEY_ID", "none")
                            .environment("AWS_SECRET_ACCESS_KEY", "none")
                            .environment("AWS_ENDPOINT_URL", "http://127.0.0.1:" + FreePort.next())
                            .environment("SPIFFE_ENDPOINT_SOCKET", "unix:///nowhere/agent.sock")
                            .kubeconfig(nobody),
                    "doctor");
            Set<String> missing = told.lines().stream()
                    .map(line -> MISSING.matcher(line.replaceFirst("^\\w+ +rights +", "")))
                    .filter(Matcher::matches)
                    .map(found ->
                            found.group(1) + " " + found.group(2) + (found.group(3) == null ? "" : found.group(3)))
                    .collect(Collectors.toCollection(TreeSet::new));
            // The API server shows itself to everybody who is known to it.
            Set<String> granted = new TreeSet<>(release.granted());
            if (dialect.equals("vaultsecret") || dialect.equals("vaultsync")) {
                granted.remove("get secrets");
            }
            assertThat(missing).isEqualTo(granted);
            assertThat(told.exit()).isEqualTo(1);
        }
    }

    @Test
    void withWhatTheChartGrantsNothingIsWrong() {
        world.mount.put("app", Map.of("k", "v"));
        try (Release release = Release.install(
                        world.cluster, world.namespace, only("vaultsecret", "vault.address=" + world.vault.address()));
                OperatorProcess operator = release.operator().start()) {
            operator.awaitLine(line -> line.contains("leading: vaultsecret"), Place.SOON);
            Told told = run(release.operator(), "doctor");
            assertThat(told.about("rights"))
                    .singleElement()
                    .asString()
                    .startsWith("ok ")
                    .contains("are granted");
            assertThat(told.about("leader"))
                    .singleElement()
                    .asString()
                    .startsWith("ok ")
                    .contains(world.namespace + "_");
            assertThat(told.about("Vault ")).singleElement().asString().startsWith("ok ");
            assertThat(told.about("clock")).singleElement().asString().startsWith("ok ");
            assertThat(told.exit()).isZero();
        }
    }

    @Test
    void whatIsNotInOrderIsNamedWithItsReasonAndARemedy() {
        world.createReading("broken", "app", "10d");
        try (OperatorProcess _ = world.operator().start()) {
            world.awaitReady("broken", "False InvalidResource");
        }
        Told told = run(world.operator().environment("VAULT_ADDR", "http://127.0.0.1:" + FreePort.next()), "doctor");
        assertThat(told.about("objects"))
                .anyMatch(line -> line.startsWith("WARN") && line.contains("0 of 1 vaultsecrets"));
        assertThat(told.lines())
                .anyMatch(line -> line.startsWith("WARN") && line.contains(world.namespace + "/broken is not ready, "));
        assertThat(told.about("Vault "))
                .anyMatch(line -> line.startsWith("FAIL") && line.contains("connection refused"));
        assertThat(told.lines()).anyMatch(line -> line.contains("-> check VAULT_ADDR"));
        assertThat(told.exit()).isEqualTo(1);
    }

    @Test
    void withoutAnyDefinitionTheOperatorWouldOnlyWait(@Own Cluster empty) {
        Told told = run(
                OperatorProcess.operator().kubeconfig(empty.kubeconfig()).arguments("--leader-elect=false"), "doctor");
        assertThat(told.about("definition")).anyMatch(line -> line.startsWith("FAIL") && line.contains("only waits"));
        assertThat(told.lines()).anyMatch(line -> line.contains("-> kubectl apply -f"));
        assertThat(told.exit()).isEqualTo(1);
        Told named = run(
                OperatorProcess.operator()
                        .kubeconfig(empty.kubeconfig())
                        .environment("VAULT_ADDR", world.vault.address())
                        .arguments("--leader-elect=false", "--dialects=vaultsecret"),
                "doctor");
        assertThat(named.about("definition"))
                .anyMatch(
                        line -> line.startsWith("FAIL") && line.contains("vaultsecrets.k8s.kiwi.com is not installed"));
    }

    @Test
    void anApiServerThatDoesNotAnswerAndWrongFlagsAreTold(@TempDir Path folder) throws IOException {
        String kubeconfig = Files.readString(world.cluster.kubeconfig())
                .replace(world.cluster.address(), "https://127.0.0.1:" + FreePort.next());
        Path elsewhere = Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
        Told told = run(world.operator().kubeconfig(elsewhere), "doctor");
        assertThat(told.about("API server")).anyMatch(line -> line.startsWith("FAIL"));
        assertThat(told.exit()).isEqualTo(1);
        Told wrong = run(world.operator().arguments("--log-level=loud"), "doctor");
        assertThat(wrong.lines()).singleElement().asString().contains("log-level");
        assertThat(wrong.exit()).isEqualTo(2);
    }

    @Test
    void theBundleHoldsWhatHelpsAndNoValue(@TempDir Path folder) throws IOException {
        world.mount.put("app", Map.of("k", MARKER));
        world.create(
                "app",
                Map.of(
                        "paths", List.of(world.path("app")),
                        "reconcilePeriod", "1s",
                        "auth", Map.of("token", world.vault.rootToken())));
        PushWorld push = PushWorld.in(world);
        push.secret("source", Map.of("k", MARKER));
        push.deployment("pushed", Map.of(PushWorld.PATH, world.mount.name() + "/data/pushed"), "source");
        String metrics = "--metrics-bind-address=127.0.0.1:" + FreePort.next();
        Path file = folder.resolve("bundle.zip");
        try (OperatorProcess operator = world.operator().arguments(metrics).start()) {
            operator.awaitReady(Place.SOON);
            world.awaitData("app", Map.of("k", MARKER));
            Told told = run(
                    world.operator()
                            .arguments(
                                    metrics,
                                    "--dialects=vaultsecret,vaultsync",
                                    "--vault-addr=" + world.vault.address()),
                    "support-bundle",
                    "--output=" + file);
            assertThat(told.exit()).as("%s", told.lines()).isZero();
        }
        Map<String, String> entries = unzip(file);
        assertThat(entries)
                .containsKeys(
                        "README.txt",
                        "version.txt",
                        "configuration.txt",
                        "doctor.txt",
                        "metrics.txt",
                        "objects/vaultsecrets.json",
                        "objects/deployments.json");
        assertThat(entries.get("metrics.txt")).contains("keyferry_build_info");
        assertThat(entries.get("objects/vaultsecrets.json")).contains("\"app\"", "Synced");
        assertThat(entries.get("objects/deployments.json")).contains("pushed", PushWorld.PATH);
        assertThat(entries.get("configuration.txt")).contains("dialects = vaultsecret,vaultsync (--dialects)");
        assertThat(String.join("\n", entries.values()))
                .doesNotContain(MARKER, world.vault.rootToken(), "cGxhbnRlZC1tYXJrZXItMWI3ZT");
    }

    private static Map<String, String> unzip(Path file) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }
}
