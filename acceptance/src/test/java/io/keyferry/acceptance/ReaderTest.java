package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.testkit.KvMount;
import io.keyferry.testkit.RealParts;
import io.keyferry.testkit.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RealParts
class ReaderTest {
    private static final Path LAUNCHER = Path.of("..", "bin", "keyferry");

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private KvMount mount;
    private Vault vault;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void newMount(Vault shared) {
        vault = shared;
        mount = vault.newMount(2);
        environment.put("VAULT_ADDR", vault.address());
        environment.put("VAULT_TOKEN", vault.rootToken());
    }

    private String manifest(String spec) throws IOException {
        return Files.writeString(folder.resolve("manifest.yaml"), """
                apiVersion: k8s.kiwi.com/v1
                kind: VaultSecret
                metadata: {name: app, namespace: team}
                spec: %s
                ---
                kind: VaultSecret
                spec: {addr: "http://127.0.0.1:1", paths: [{path: second/document}]}
                """.formatted(spec))
                .toString();
    }

    private String reading(String... paths) throws IOException {
        List<String> all = new ArrayList<>();
        for (String path : paths) {
            all.add("{path: \"%s\"}".formatted(mount.path(path)));
        }
        return manifest("{paths: [%s]}".formatted(String.join(", ", all)));
    }

    private Ended reader(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "reader"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void envIsSortedLinesWithTheKeysThatTheOperatorLeavesOut() throws Exception {
        mount.put("app", Map.of("user", "admin", "e@mail", "ä", "two", "one\nmore"));
        mount.put("folder/deep/er", Map.of("key", 1));
        assertThat(reader("-path", reading("app", "folder/*")))
                .isEqualTo(new Ended(0, "deep_er_key=1\ne@mail=ä\ntwo=one\nmore\nuser=admin\n", ""));
    }

    @ParameterizedTest
    @CsvSource({"json, '{\n  \"user\": \"admin\"\n}\n'", "YAML, 'user: admin\n'"})
    void otherFormatsAreWhatTheSecretWouldHold(String format, String text) throws Exception {
        mount.put("app", Map.of("user", "admin"));
        assertThat(reader("--path=" + reading("app"), "-o", format)).isEqualTo(new Ended(0, text, ""));
    }

    @Test
    void theManifestsOwnAddressComesBeforeTheEnvironments() throws Exception {
        mount.put("app", Map.of("user", "admin"));
        environment.put("VAULT_ADDR", "http://127.0.0.1:1");
        String manifest =
                manifest("{addr: \"%s\", paths: [{path: \"%s\", prefix: p_}], auth: {serviceAccountRef: {name: x}}}"
                        .formatted(vault.address(), mount.path("app")));
        assertThat(reader("-path", manifest)).isEqualTo(new Ended(0, "p_user=admin\n", ""));
    }

    @Test
    void aMissingPathIsToldBesideTheRest() throws Exception {
        mount.put("app", Map.of("user", "admin"));
        assertThat(reader("-path", reading("nowhere", "app")))
                .isEqualTo(new Ended(0, "user=admin\n", mount.path("nowhere") + ": path doesn't exist\n"));
    }

    @Test
    void aMissingFolderAndARefusalAreErrorsInTheOperatorsWords() throws Exception {
        assertThat(reader("-path", reading("nowhere/*")))
                .isEqualTo(new Ended(
                        1,
                        "",
                        "failed to get paths from vault: no value found in path: \"%s\"\n"
                                .formatted(mount.path("nowhere/"))));
        environment.put("VAULT_TOKEN", vault.newToken("1h", "default"));
        Ended refused = reader("-path", reading("app"));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .startsWith("failed to read paths from vault: ")
                .contains("Code: 403. Errors:");
    }

    @Test
    void theTokenIsAskedForFirstThenThePath() throws Exception {
        environment.put("VAULT_TOKEN", "");
        assertThat(reader()).isEqualTo(new Ended(1, "", "VAULT_TOKEN env variable must be set\n"));
        environment.put("VAULT_TOKEN", vault.rootToken());
        assertThat(reader("-path=")).isEqualTo(new Ended(1, "", "path flag must be set\n"));
    }

    @Test
    void theOperatorsDefaultsApply() throws Exception {
        environment.put("DEFAULT_RECONCILE_PERIOD", "10d");
        assertThat(reader("-path", reading("app")))
                .isEqualTo(new Ended(
                        1,
                        "",
                        "VaultSecret.Spec.ReconcilePeriod is invalid: time: unknown unit \"d\" in duration \"10d\"\n"));
    }

    @Test
    void anUnknownFormatAndAWrongFlagAreOneLine() throws Exception {
        assertThat(reader("-path", reading("app"), "-o", "XML"))
                .isEqualTo(new Ended(1, "", "invalid target format: \"xml\"\n"));
        assertThat(reader("-state"))
                .isEqualTo(new Ended(2, "", "keyferry: unknown flag: -state; see keyferry reader --help\n"));
    }

    @Test
    void helpTellsTheFlags() throws Exception {
        Ended ended = reader("--help");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("-path FILE", "-o FORMAT", "VAULT_TOKEN");
    }

    @Test
    void noKubernetesClientIsLoaded() throws Exception {
        mount.put("app", Map.of("user", "admin"));
        environment.put("KEYFERRY_JAVA_OPTS", "-XX:AOTMode=off -Xlog:class+load=info:stderr");
        Ended ended = reader("-path", reading("app"));
        assertThat(ended.out()).isEqualTo("user=admin\n");
        assertThat(ended.err())
                .contains("io.keyferry.cli.ReaderCommand")
                .doesNotContain("io.fabric8", "javaoperatorsdk");
    }
}
