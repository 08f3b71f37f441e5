package io.keyferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderFlagsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-path f -o json",
                "--path f --o json",
                "-path=f -o=json",
                "--path=f --o=json",
                "-o yaml -o json -path g -path f"
            })
    void oneDashIsAsGoodAsTwoAndTheLastOfAFlagCounts(String line) throws UsageException {
        assertThat(ReaderFlags.parse(List.of(line.split(" ")))).isEqualTo(new ReaderFlags("f", "json", false));
    }

    @Test
    void withoutFlagsTheFormatIsEnvAndThereIsNoPath() throws UsageException {
        assertThat(ReaderFlags.parse(List.of())).isEqualTo(new ReaderFlags("", "env", false));
    }

    @Test
    void whatStandsBehindAFlagIsItsValueWhateverItLooksLike() throws UsageException {
        assertThat(ReaderFlags.parse(List.of("-path", "-o", "-o=a=b"))).isEqualTo(new ReaderFlags("-o", "a=b", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "-help"})
    void helpNeedsNoValue(String flag) throws UsageException {
        assertThat(ReaderFlags.parse(List.of(flag)).help()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "-state, unknown flag: -state",
        "--state=x, unknown flag: -state",
        "-path, flag needs a value: -path",
        "file, not a flag: \"file\""
    })
    void aWrongFlagIsOneClearLine(String argument, String message) {
        assertThatThrownBy(() -> ReaderFlags.parse(List.of(argument)))
                .isInstanceOf(UsageException.class)
                .hasMessage("keyferry: " + message + "; see keyferry reader --help");
    }
}
