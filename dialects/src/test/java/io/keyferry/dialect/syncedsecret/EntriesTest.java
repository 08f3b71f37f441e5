package io.keyferry.dialect.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.gotemplate.value.JsonValues;
import io.keyferry.gotemplate.value.StringValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
    @Test
    void theLastOfOneNameCounts() throws RecipeException {
        Entries entries = new Entries(false);
        entries.put("a", StringValue.of("one"));
        entries.put("a", StringValue.of("two"));
        assertThat(entries.data()).containsExactly(entry("a", SecretValue.utf8("two")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "\u00e9", ".", "..", "..x"})
    void aNameThatNoSecretCanHaveIsRefused(String name) {
        assertThatThrownBy(() -> new Entries(false).put(name, StringValue.of("v")))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("is no key of a Secret");
    }

    @Test
    void strictlyWhatGoPrintsOddlyIsRefusedHoweverDeepItIs() {
        for (Object odd : Arrays.asList(null, 1e6, 0.00001, Arrays.asList(1.0, null), Map.of("k", 1e21))) {
            assertThatThrownBy(() -> new Entries(true).put("k", JsonValues.of(odd)))
                    .isInstanceOf(RecipeException.class)
                    .hasMessageNotContaining("1e");
        }
    }

    @Test
    void strictlyTextsMayLookLikeAnything() throws RecipeException {
        Entries entries = new Entries(true);
        entries.put("a", StringValue.of("1e+06"));
        entries.put("b", JsonValues.of(5432.0));
        entries.putRendered("c", "plain".getBytes(StandardCharsets.UTF_8));
        assertThat(entries.data()).hasSize(3);
    }

    @Test
    void strictlyATemplateThatFoundNothingIsRefused() {
        assertThatThrownBy(() -> new Entries(true).putRendered("k", "x <no value>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RecipeException.class);
    }

    @Test
    void moreThanASecretHoldsIsRefused() {
        byte[] much = new byte[5 << 20];
        assertThatThrownBy(() -> new Entries(false).putRendered("k", much)).isInstanceOf(RecipeException.class);
    }
}
