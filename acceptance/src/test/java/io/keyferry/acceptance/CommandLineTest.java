package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Carries the tag although it needs no server: the launcher starts what the build has packaged. */
@Tag("parts")
class CommandLineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Ended(int code, List<String> lines) {}

    private static Ended run(String... arguments) {
        try (OperatorProcess process = OperatorProcess.launch(arguments)) {
            int code = process.awaitExit(PATIENCE);
            return new Ended(code, process.lines());
        }
    }

    @Test
    void versionSaysWhichBuildThisIs() {
        Ended ended = run("--version");
        assertThat(ended.code()).isZero();
        assertThat(ended.lines()).singleElement().asString().matches("keyferry version .+ \\(commit: .+, built: .+\\)");
    }

    @Test
    void helpListsCommandsAndFlags() {
        assertThat(run("--help").lines()).anyMatch(line -> line.contains("operator"));
        Ended flags = run("operator", "--help");
        assertThat(flags.code()).isZero();
        assertThat(String.join("\n", flags.lines()))
                .contains("--dialects", "--kubeconfig", "--namespace", "--metrics-bind-address")
                .contains("--health-probe-bind-address", "--leader-elect", "--leader-election-namespace")
                .contains("--log-level", "--log-format", "--zap-log-level");
    }

    @ParameterizedTest
    @CsvSource({
        "--nonsense, unknown flag: --nonsense",
        "-nonsense=1, unknown flag: -nonsense",
        "--kubeconfig, flag needs a value: --kubeconfig",
        "--leader-elect=perhaps, '--leader-elect: \"perhaps\" is neither true nor false'",
        "--metrics-bind-address=nowhere, '--metrics-bind-address: \"nowhere\" is no address'",
        "--metrics-bind-address=:99999, '--metrics-bind-address: \":99999\" is no address'",
        "--dialects=other, '--dialects: \"other\" names no dialect \"other\"'",
        "'--dialects=auto,vaultsync', '--dialects: \"auto,vaultsync\" has more than \"auto\"'",
        "--leader-election-namespace=Not_One, '--leader-election-namespace: \"Not_One\" is no name of a namespace'",
        "--namespace=Not_One, '--namespace: \"Not_One\" is no name of a namespace'",
        "--log-level=loud, '--log-level: \"loud\" is no level'",
        "--zap-encoder=xml, '--zap-encoder: \"xml\" is no log format'",
        "--zap-time-encoding=sundial, '--zap-time-encoding: \"sundial\" is none of epoch, '",
        "--zap-stacktrace-level=loud, '--zap-stacktrace-level: \"loud\" is none of debug, '",
        "--kubeconfig=/nowhere, '--kubeconfig: \"/nowhere\": no such file'",
        "word, 'not a flag: \"word\"'"
    })
    void aWrongFlagIsOneClearLineAndExitCodeTwo(String argument, String message) {
        Ended ended = run("operator", "--leader-elect=false", argument);
        assertThat(ended.lines()).singleElement().asString().startsWith("keyferry: " + message);
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void anUnknownCommandIsOneClearLineAndExitCodeTwo() {
        Ended ended = run("sing");
        assertThat(ended.lines()).containsExactly("unknown command: sing; see keyferry --help");
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void ofARepeatedFlagTheLastCounts() {
        Ended ended = run("operator", "--log-level", "loud", "-log-level=info", "--metrics-bind-address=bad");
        assertThat(ended.lines()).singleElement().asString().contains("--metrics-bind-address");
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_CONCURRENT_RECONCILES, many, 'MAX_CONCURRENT_RECONCILES: '",
        "max_concurrent_reconciles, '', 'MAX_CONCURRENT_RECONCILES: '",
        "CLIENT_TIMEOUT, 10, 'CLIENT_TIMEOUT: '",
        "Refresh_Token_Before, soon, 'REFRESH_TOKEN_BEFORE: '",
        "VAULT_CACERT, /nowhere, 'VAULT_CACERT: '"
    })
    void anUnreadableVariableStopsTheStartWithExitCodeOne(String name, String value, String message) {
        try (OperatorProcess process =
                OperatorProcess.operator().environment(name, value).start()) {
            int code = process.awaitExit(PATIENCE);
            assertThat(process.lines()).singleElement().asString().startsWith("keyferry: " + message);
            assertThat(code).isEqualTo(1);
        }
    }

    @Test
    void leaderElectionOutsideAPodNeedsANamespace() {
        Ended ended = run("operator", "--metrics-bind-address=0", "--health-probe-bind-address=0");
        assertThat(ended.lines()).singleElement().asString().contains("--leader-election-namespace");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void configCheckLooksAtFilesAndAddressesToo() {
        Ended ended = run(
                "config",
                "check",
                "--kubeconfig=/nowhere",
                "--log-level=loud",
                "--metrics-cert-path=/nowhere",
                "--vault-addr=foo:bar",
                "--cluster-name");
        assertThat(ended.lines())
                .anyMatch(line -> line.contains("--kubeconfig"))
                .anyMatch(line -> line.contains("--log-level"))
                .anyMatch(line -> line.contains("--metrics-cert-path"))
                .anyMatch(line -> line.contains("foo:bar"))
                .anyMatch(line -> line.contains("flag needs a value: --cluster-name"));
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void configCheckHidesPasswordsAndTellsItsDoubts() {
        try (OperatorProcess process = OperatorProcess.operator()
                .environment("DEFAULT_RECONCILE_PERIOD", "banana")
                .command("config", "check", "--vault-addr=https://u:hunter2@vault")) {
            assertThat(process.awaitExit(PATIENCE)).isZero();
            assertThat(process.lines())
                    .anyMatch(line -> line.startsWith("doubtful: DEFAULT_RECONCILE_PERIOD"))
                    .noneMatch(line -> line.contains("ter2"));
        }
    }

    @ParameterizedTest
    @CsvSource({"doctor", "support-bundle", "config check", "operator --leader-elect=false"})
    void aKubeconfigThatIsNoneIsOneClearLine(String command, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), "a: b: c");
        try (OperatorProcess process = OperatorProcess.operator()
                .environment("KUBECONFIG", file.toString())
                .command(command.split(" "))) {
            assertThat(process.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(process.lines()).singleElement().asString().contains("KUBECONFIG");
        }
    }

    @Test
    void aKubeconfigThatIsNotThereIsOneClearLine() {
        try (OperatorProcess process = OperatorProcess.operator()
                .environment("KUBECONFIG", "/nowhere:/nor-here")
                .command("operator", "--leader-elect=false")) {
            assertThat(process.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(process.lines())
                    .containsExactly("keyferry: KUBECONFIG: \"/nowhere:/nor-here\": no such file, or not readable");
        }
    }

    @Test
    void configCheckTellsAllThatIsWrongAtOnce() {
        Ended ended = run("config", "check", "--nonsense", "--log-level=loud", "--namespace=A");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.lines()).hasSize(3).allMatch(line -> line.startsWith("keyferry: "));
        assertThat(run("config", "check", "--log-level=debug").lines())
                .containsExactly("the configuration is in order", "  log-level = debug (--log-level)");
        assertThat(run("config").code()).isEqualTo(2);
    }

    @Test
    void logLevelsFollowTheFileWhileTheProgramRuns(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("keyferry.yaml"), "log-level: error\n");
        try (OperatorProcess operator = OperatorProcess.operator()
                .arguments("--leader-elect=false", "--kubeconfig=" + unreachable(folder), "--config=" + file)
                .start()) {
            operator.awaitLine(line -> line.contains("waiting: "), PATIENCE);
            assertThat(operator.lines()).noneMatch(line -> line.contains("starting"));
            Files.writeString(file, "log-level: info,io.keyferry.operator=debug\n");
            operator.awaitLine(line -> line.contains("log levels are in force"), PATIENCE);
            Files.writeString(file, "log-level: loud\n");
            String refused = operator.awaitLine(line -> line.contains("makes no sense, so nothing changes"), PATIENCE);
            assertThat(refused).contains("log-level in " + file + ": ");
        }
    }

    private static Path unreachable(Path folder) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: none, cluster: {server: 'http://127.0.0.1:1'}}]
                contexts: [{name: none, context: {cluster: none, user: none}}]
                users: [{name: none, user: {}}]
                current-context: none
                """);
    }
}
