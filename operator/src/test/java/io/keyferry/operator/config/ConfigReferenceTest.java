package io.keyferry.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final Path ROOT = Path.of("..");

    /** Names of variables where configuration is read; others begin in the same way and are none. */
    private static final Pattern VARIABLE = Pattern.compile("\"([A-Z]{2,}(?:_[A-Z]+)*)\"");

    private static final Set<String> NO_VARIABLES =
            Set.of("KEYFERRY_HEAP", "KEYFERRY_JAVA_OPTS", "NAME", "VALUE", "BOOL", "TRUE", "FALSE");

    /** AWS's own library reads these as well. */
    private static final Set<String> OF_AWS = Set.of("AWS_REGION", "AWS_DEFAULT_REGION");

    @Test
    void thePageHoldsTheReference() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/configuration.md")))
                .as("docs/configuration.md must end with what `bin/keyferry config reference` prints")
                .endsWith(ConfigReference.markdown());
    }

    @Test
    void everyVariableThatIsReadIsInTheReference() throws IOException {
        Set<String> known = Variable.all().stream().map(Variable::name).collect(Collectors.toSet());
        try (Stream<Path> config = Files.list(ROOT.resolve("operator/src/main/java/io/keyferry/operator/config"))) {
            Stream<Path> sources = Stream.concat(
                    config.filter(file -> !file.endsWith("Variable.java")),
                    Stream.of(
                            ROOT.resolve("stores/vault/src/main/java/io/keyferry/store/vault/VaultEnvironment.java"),
                            ROOT.resolve("stores/vault/src/main/java/io/keyferry/store/vault/EnvironmentProxies.java"),
                            ROOT.resolve("stores/vsecm/src/main/java/io/keyferry/store/vsecm/VsecmEnvironment.java")));
            List<String> read = sources.map(ConfigReferenceTest::content)
                    .flatMap(content -> VARIABLE.matcher(content).results().map(match -> match.group(1)))
                    .distinct()
                    .toList();
            assertThat(read).contains("VAULT_ADDR", "KEYFERRY_VSECM_REUSE", "POLL_INTERVAL_SEC");
            assertThat(read)
                    .filteredOn(name -> !NO_VARIABLES.contains(name) && !OF_AWS.contains(name))
                    .isSubsetOf(known);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
