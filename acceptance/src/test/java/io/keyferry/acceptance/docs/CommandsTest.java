package io.keyferry.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.CheckoutCopy;
import io.keyferry.acceptance.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Has a shell run what stands in blocks marked {@code sh} in the documentation, page by page, in a copy of the checkout with servers
 * of its own. Blocks marked {@code text} are for clusters with nodes, and are not run.
 */
@Tag("parts")
class CommandsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    /** They have run when this does, and would disturb it. */
    private static final Set<String> DONE_ALREADY = Set.of("./dev build", "./dev up", "./dev down");

    private static final String BEGIN = """
            set -euo pipefail
            ./dev up > up.log 2>&1
            source .local/env
            """;
    /** What readers of a page have done before. */
    private static final Map<String, String> PREMISES = Map.of(
            "docs/troubleshooting.md",
            "kubectl apply -f deploy/crds/ > crds.log\n",
            "docs/vaultsync.md",
            "bao kv put -mount=secret my-app k=v > kv.log\nbao auth enable kubernetes > auth.log\n");

    private static final String END = """

            jobs -p | xargs -r kill
            wait
            echo "all commands have run"
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;

    private static CheckoutCopy copy;

    @BeforeAll
    static void copy() throws IOException {
        copy = CheckoutCopy.in(folder);
        Files.createSymbolicLink(copy.file("operator/target"), Place.root().resolve("operator/target"));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        assertThat(copy.run("./dev down", PATIENCE).exit()).isZero();
    }

    private static List<String> blocks(String page) throws IOException {
        return BLOCK.matcher(Files.readString(Place.root().resolve(page)))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/install.md",
                "docs/operations.md",
                "docs/migration.md",
                "docs/troubleshooting.md",
                "docs/vaultsync.md"
            })
    void whatAPageSaysRunsAsItStandsThere(String page) throws IOException, InterruptedException {
        List<String> blocks = blocks(page);
        assertThat(blocks).isNotEmpty();
        String commands = blocks.stream()
                .flatMap(String::lines)
                .filter(line -> !DONE_ALREADY.contains(line))
                .collect(Collectors.joining("\n"));
        CheckoutCopy.Ended ended = copy.run(BEGIN + PREMISES.getOrDefault(page, "") + commands + END, PATIENCE);
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("all commands have run");
    }

    @Test
    void fiveCommandsLeadFromNothingToARunningChart() throws IOException {
        List<String> first = blocks("README.md").getFirst().lines().toList();
        assertThat(first).hasSize(5);
        assertThat(first.getLast()).startsWith("./dev run --release");
    }
}
