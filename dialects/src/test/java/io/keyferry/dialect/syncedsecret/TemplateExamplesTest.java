package io.keyferry.dialect.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.dialect.syncedsecret.SyncedSecretSpec.Item;
import io.keyferry.dialect.syncedsecret.SyncedSecretSpec.ValueFrom;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of docs/templates.md: each {@code gotemplate} block gives what the {@code output} block after it shows,
 * but for a line feed at the end, or fails as the {@code error} block says. The secrets are those of the {@code json} block.
 */
class TemplateExamplesTest {
    private static final Pattern LINE_FEED_AT_END = Pattern.compile("\\n\\z");
    private static final Path PAGE = Path.of("..", "docs", "templates.md");
    private static final SyncedSecretSettings SETTINGS =
            new SyncedSecretSettings("roles", Duration.ofMinutes(5), "aws", false);

    record Example(int line, String template, String kind, String wanted) {
        @Override
        public String toString() {
            return "line " + line;
        }
    }

    static List<Example> examples() throws IOException {
        List<FencedBlock> blocks = blocks();
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            FencedBlock block = blocks.get(i);
            if (block.kind().equals("gotemplate")) {
                FencedBlock wanted = blocks.get(i + 1);
                examples.add(new Example(block.line(), block.text(), wanted.kind(), wanted.text()));
            }
        }
        return examples;
    }

    private static List<FencedBlock> blocks() throws IOException {
        return FencedBlock.of(Files.readAllLines(PAGE));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesWhatThePageShows(Example example) throws IOException, InterruptedException {
        assertThat(example.kind()).isIn("output", "error");
        assertThat(outcome(example.template())).isEqualTo(example.kind() + ": " + example.wanted());
    }

    private static String outcome(String template) throws IOException, InterruptedException {
        FencedBlock secrets = blocks().stream()
                .filter(block -> block.kind().equals("json"))
                .findFirst()
                .orElseThrow();
        Item item = new Item("k", null, new ValueFrom(null, null, template));
        SyncedSecretSpec spec = new SyncedSecretSpec(null, null, null, null, List.of(item));
        SyncedSecretRecipe recipe = new SyncedSecretRecipe("default", "app", spec, SETTINGS);
        try {
            SecretValue value = Objects.requireNonNull(recipe.evaluate(new DocumentedSecrets(secrets.text()))
                    .data()
                    .get("k"));
            return "output: " + LINE_FEED_AT_END.matcher(value.utf8()).replaceFirst("");
        } catch (RecipeException e) {
            return "error: " + e.problem().message();
        }
    }

    @Test
    void thePageNamesEveryFunction() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(TemplateFunctions.names())
                .allSatisfy(name -> assertThat(page).contains("| `" + name + " "));
    }

    @Test
    void thePageHasExamplesOfBothKinds() throws IOException {
        assertThat(examples()).extracting(Example::kind).contains("output", "error");
        assertThat(examples()).hasSizeGreaterThan(15);
    }
}
