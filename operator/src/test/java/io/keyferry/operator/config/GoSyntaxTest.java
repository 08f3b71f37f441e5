package io.keyferry.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.operator.config.GoSyntax.Given;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoSyntaxTest {
    private static final Map<String, Flag> FLAGS = Map.of(
            "text", new Flag("text", Flag.Kind.TEXT, "", "a text"),
            "on", new Flag("on", Flag.Kind.TOGGLE, "false", "a toggle"),
            "names", new Flag("names", Flag.Kind.NAMES, "", "names"),
            "help", new Flag("help", Flag.Kind.TOGGLE, "false", "help"));

    private static Given parse(String... arguments) {
        return new GoSyntax(FLAGS).parse(List.of(arguments));
    }

    private static Map<String, List<String>> values(String... arguments) {
        Given given = parse(arguments);
        assertThat(given.problems()).isEmpty();
        assertThat(given.lacking()).isEmpty();
        return given.values();
    }

    @Test
    void oneDashIsAsGoodAsTwoAndASpaceAsAnEqualsSign() {
        for (String dashes : List.of("-", "--")) {
            assertThat(values(dashes + "text=v")).isEqualTo(Map.of("text", List.of("v")));
            assertThat(values(dashes + "text", "v")).isEqualTo(Map.of("text", List.of("v")));
        }
    }

    @Test
    void aValueIsTakenAsItIs() {
        assertThat(values("--text=a=b")).isEqualTo(Map.of("text", List.of("a=b")));
        assertThat(values("--text=")).isEqualTo(Map.of("text", List.of("")));
        assertThat(values("--text", "")).isEqualTo(Map.of("text", List.of("")));
        assertThat(values("--text", "--on")).isEqualTo(Map.of("text", List.of("--on")));
        assertThat(values("--text=a,b\nc")).isEqualTo(Map.of("text", List.of("a,b\nc")));
    }

    @Test
    void aToggleTakesAValueOnlyBehindAnEqualsSign() {
        assertThat(values("--on")).isEqualTo(Map.of("on", List.of("true")));
        assertThat(values("-on=false")).isEqualTo(Map.of("on", List.of("false")));
        assertThat(parse("--on", "false").unknown()).containsExactly("false");
    }

    @Test
    void ofARepeatedFlagTheLastCountsAndNamesAddUp() {
        assertThat(values("--text=a", "-text", "b")).isEqualTo(Map.of("text", List.of("b")));
        assertThat(values("--names=a,b", "-names", "c")).isEqualTo(Map.of("names", List.of("a", "b", "c")));
        assertThat(values("--names=,")).isEqualTo(Map.of("names", List.of("", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--h", "-help", "--help"})
    void helpIsAskedForAsInGo(String argument) {
        assertThat(values(argument)).isEqualTo(Map.of("help", List.of("true")));
    }

    @Test
    void whatMeansNothingIsToldAndTheRestCounts() {
        Given given = parse("word", "--text=v", "--nonsense=1", "-", "--", "---text=x", "--=x", "--text");
        assertThat(given.values()).isEqualTo(Map.of("text", List.of("v")));
        assertThat(given.unknown()).containsExactly("word", "--nonsense=1", "-", "--", "---text=x", "--=x");
        assertThat(given.problems()).hasSize(6).contains(GoSyntax.usage("unknown flag: --nonsense"));
        assertThat(given.lacking()).containsExactly(GoSyntax.usage("flag needs a value: --text"));
    }
}
