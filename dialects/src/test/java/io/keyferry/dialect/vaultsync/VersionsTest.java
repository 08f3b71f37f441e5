package io.keyferry.dialect.vaultsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {
    @Test
    void isWrittenAsGoWritesIt() {
        assertThat(Versions.of(Map.of("b", "456", "a", "123")).text()).isEqualTo("{\"a\":\"123\",\"b\":\"456\"}");
        assertThat(Versions.of(Map.of()).text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}"})
    void nothingIsAnEmptyMap(String annotation) {
        assertThat(Versions.parse(annotation)).contains(Versions.of(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"a\":1}", "{", "x"})
    void somethingElseIsCorrupt(String annotation) {
        assertThat(Versions.parse(annotation)).isEmpty();
    }
}
