package io.keyferry.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final Set<String> DIALECTS = Set.of("vaultsecret", "syncedsecret", "vsecmsecret", "vaultsync");

    @TempDir
    Path folder;

    private static OperatorConfig read(Map<String, String> environment, String... arguments) throws ConfigException {
        return new ConfigReader(DIALECTS, environment).read(new Flags().parse(List.of(arguments)));
    }

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("keyferry.yaml"), List.of(lines)).toString();
    }

    private static ConfigException problem(Map<String, String> environment, String... arguments) {
        try {
            read(environment, arguments);
        } catch (ConfigException e) {
            return e;
        }
        throw new AssertionError("nothing is wrong");
    }

    @Test
    void aFlagGoesBeforeItsVariableAndThatBeforeTheFile() throws Exception {
        String file = file("log-level: error", "metrics-bind-address: ':1'", "health-probe-bind-address: ':2'");
        Map<String, String> environment =
                Map.of("KEYFERRY_LOG_LEVEL", "warn", "KEYFERRY_METRICS_BIND_ADDRESS", ":3", "KEYFERRY_CONFIG", file);
        OperatorConfig config = read(environment, "--log-level=debug");
        assertThat(config.log().level()).isEqualTo(Level.FINE);
        assertThat(config.metrics().orElseThrow().port()).isEqualTo(3);
        assertThat(config.health().orElseThrow().port()).isEqualTo(2);
        assertThat(config.file()).contains(Path.of(file));
    }

    @ParameterizedTest
    @CsvSource({
        "'', SEVERE",
        "--zap-devel, WARNING",
        "--dialects=syncedsecret, OFF",
        "--zap-stacktrace-level=Info, INFO",
        "--zap-stacktrace-level=debug, FINE",
        "--zap-stacktrace-level=panic, OFF",
        "--zap-devel --zap-stacktrace-level=error, SEVERE"
    })
    void linesHaveStackTracesAsTheOriginalsLogsHave(String arguments, String level) throws Exception {
        assertThat(read(Map.of(), arguments.isEmpty() ? new String[0] : arguments.split(" "))
                        .log()
                        .stackTraces())
                .isEqualTo(Level.parse(level));
    }

    @Test
    void aVariableOfTheEnvironmentGoesBeforeTheSameInTheFile() throws Exception {
        String file = file("VAULT_ADDR: https://file", "ROLE: of-file", "POLL_INTERVAL_SEC: 7");
        OperatorConfig config = read(Map.of("vault_addr", "https://environment"), "--config", file);
        assertThat(config.vaultSecret().address()).isEqualTo("https://environment");
        assertThat(config.vaultSecret().role()).isEqualTo("of-file");
        assertThat(config.syncedSecret().poll()).hasSeconds(7);
    }

    @Test
    void theVariableOfAnOriginalGoesBeforeTheFileAndAfterTheFlag() throws Exception {
        String file = file("metrics-bind-address: ':1'");
        Map<String, String> environment = Map.of("METRICS_LISTEN", ":2");
        assertThat(read(environment, "--config=" + file).metrics().orElseThrow().port())
                .isEqualTo(2);
        assertThat(read(environment, "--config=" + file, "--metrics-bind-address=:3")
                        .metrics()
                        .orElseThrow()
                        .port())
                .isEqualTo(3);
    }

    /** Nothing between commas must not come to mean everywhere. */
    @Test
    void anEmptyNameOfANamespaceIsRefused() {
        assertThat(problem(Map.of(), "--namespace=,")).hasMessageContaining("--namespace: \"\" is no name");
        assertThat(problem(Map.of("KEYFERRY_NAMESPACE", ",")))
                .hasMessageContaining("KEYFERRY_NAMESPACE: \"\" is no name");
    }

    @Test
    void listsMayBeListsOrTexts() throws Exception {
        assertThat(read(Map.of(), "--config=" + file("namespace: [a, b]", "dialects: [vaultsecret, vaultsync]")))
                .satisfies(config -> assertThat(config.namespaces()).containsExactly("a", "b"))
                .satisfies(config -> assertThat(config.dialects()).containsExactly("vaultsecret", "vaultsync"));
        assertThat(read(Map.of("KEYFERRY_NAMESPACE", "c,d")).namespaces()).containsExactly("c", "d");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws Exception {
        String file = file("log-format: xml", "nonsense: 1", "ROLE: {a: b}");
        ConfigException problem = problem(
                Map.of(
                        "POLL_INTERVAL_SEC",
                        "often",
                        "KEYFERRY_VSECM_TENANCY",
                        "some",
                        "KEYFERRY_VSECM_REUSE",
                        "long",
                        "VAULT_CACERT",
                        folder.resolve("none").toString(),
                        "CLIENT_TIMEOUT",
                        "1"),
                "--config=" + file,
                "--leader-elect=perhaps",
                "--nonsense",
                "--namespace=A,b",
                "--dialects=vaultsecret,other,vsecmsecret");
        assertThat(problem.exitCode()).isEqualTo(ConfigException.USAGE);
        assertThat(problem.problems())
                .allMatch(line -> line.lines().count() == 1)
                .anyMatch(line -> line.startsWith("nonsense in " + file + ": is neither a flag nor a variable"))
                .anyMatch(line -> line.startsWith("ROLE in " + file + ": write a text"))
                .anyMatch(line -> line.startsWith("log-format in " + file + ": \"xml\" is no log format"))
                .anyMatch(line -> line.startsWith("--leader-elect: \"perhaps\""))
                .anyMatch(line -> line.startsWith("--namespace: \"A\" is no name of a namespace"))
                .anyMatch(line ->
                        line.startsWith("--dialects: \"vaultsecret,other,vsecmsecret\" names no dialect \"other\""))
                .anyMatch(line -> line.startsWith("POLL_INTERVAL_SEC: \"often\" is no number of seconds"))
                .anyMatch(line -> line.startsWith("KEYFERRY_VSECM_TENANCY: \"some\" is none of enforce, off, warn"))
                .anyMatch(line -> line.startsWith("KEYFERRY_VSECM_REUSE: "))
                .anyMatch(line -> line.startsWith("VAULT_CACERT: could not read"))
                .anyMatch(line -> line.startsWith("CLIENT_TIMEOUT: "))
                .anyMatch(line -> line.startsWith("unknown flag: --nonsense"))
                .hasSize(12);
    }

    @Test
    void ofAWrongEnvironmentAndFileAloneTheExitCodeIsOne() throws Exception {
        assertThat(problem(Map.of("KEYFERRY_LOG_LEVEL", "loud")).exitCode()).isEqualTo(ConfigException.ENVIRONMENT);
        assertThat(problem(Map.of("KEYFERRY_LOG_LEVEL", "loud")).problems())
                .containsExactly("KEYFERRY_LOG_LEVEL: \"loud\" is no level: use error, warn, info or debug");
        assertThat(problem(Map.of(), "--config=" + file("log-level: loud")).exitCode())
                .isEqualTo(ConfigException.ENVIRONMENT);
    }

    @Test
    void aFileThatIsNoneIsToldWithItsName() throws Exception {
        assertThat(problem(Map.of(), "--config=/nowhere/at.all").problems())
                .containsExactly("/nowhere/at.all: no such file, or not readable");
        assertThat(problem(Map.of(), "--config=" + file("a: [", "b")).getMessage())
                .contains("is no YAML: line ");
        assertThat(problem(Map.of(), "--config=" + file("- a")).getMessage()).contains("is no mapping");
        assertThat(problem(Map.of(), "--config=" + file("ROLE: a", "ROLE: b")).getMessage())
                .contains("Duplicate field 'ROLE'");
        assertThat(read(Map.of(), "--config=" + file("# nothing")).dialects()).isEmpty();
    }

    @Test
    void logLevelsOfPartsAreForPartsOfKeyferryAlone() throws Exception {
        assertThat(read(Map.of(), "--log-level=warn,io.keyferry.engine=debug")
                        .log()
                        .loggers())
                .containsExactly(Map.entry("io.keyferry.engine", Level.FINE));
        assertThatThrownBy(() -> read(Map.of(), "--log-level=info,io.fabric8=debug"))
                .asInstanceOf(type(ConfigException.class))
                .satisfies(problem ->
                        assertThat(problem.getMessage()).contains("\"io.fabric8\", which is no logger below"));
    }

    @Test
    void unknownVariablesOfKeyferrysPrefixAreFoundAndThoseOfServicesAreNot() {
        Map<String, String> environment = Map.of(
                "KEYFERRY_VSECM_TENACY", "enforce",
                "KEYFERRY_LOG_LEVEL", "info",
                "KEYFERRY_HEAP", "1g",
                "KEYFERRY_SERVICE_HOST", "10.0.0.1",
                "KEYFERRY_METRICS_SERVICE_PORT_METRICS", "8080",
                "KEYFERRY_PORT", "tcp://10.0.0.1:8080",
                "KEYFERRY_PORT_8080_TCP_ADDR", "10.0.0.1");
        assertThat(new ConfigReader(DIALECTS, environment).unknownVariables()).containsExactly("KEYFERRY_VSECM_TENACY");
    }

    @Test
    void whatIsGivenIsListedWithItsSource() throws Exception {
        String file = file("ROLE: r");
        ConfigReader reader =
                new ConfigReader(DIALECTS, Map.of("VAULT_ADDR", "https://v", "KEYFERRY_DIALECTS", "vaultsecret"));
        assertThat(reader.given(new Flags().parse(List.of("--config", file, "-log-level=debug"))))
                .containsExactlyInAnyOrder(
                        "config = " + file + " (--config)",
                        "log-level = debug (--log-level)",
                        "dialects = vaultsecret (KEYFERRY_DIALECTS)",
                        "VAULT_ADDR = https://v (environment)",
                        "ROLE = r (" + file + ")");
    }
}
