package io.keyferry.dialect.vsecmsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RefTest {
    @Test
    void dotsSeparateUnlessTheyAreEscaped() throws BadRefException {
        assertThat(Ref.parse("a").segments()).containsExactly("a");
        assertThat(Ref.parse("a.b.c").segments()).containsExactly("a", "b", "c");
        assertThat(Ref.parse("a\\.b.c").segments()).containsExactly("a.b", "c");
        assertThat(Ref.parse("a\\b.\\c").segments()).containsExactly("a\\b", "\\c");
        assertThat(Ref.parse("a\\").segments()).containsExactly("a\\");
    }

    @Test
    void noSegmentIsEmpty() {
        for (String bad : List.of("", ".", "a.", ".a", "a..b")) {
            assertThatThrownBy(() -> Ref.parse(bad))
                    .isInstanceOf(BadRefException.class)
                    .hasMessageContaining("empty");
        }
        assertThatThrownBy(() -> Ref.parse("a..b")).hasMessageContaining("segment 2");
    }

    @Provide
    Arbitrary<List<String>> segments() {
        return Arbitraries.strings()
                .withChars("ab.{}\"é")
                .ofMinLength(1)
                .ofMaxLength(6)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Property
    void whatIsEscapedIsReadBack(@ForAll("segments") List<String> segments) throws BadRefException {
        String text =
                segments.stream().map(segment -> segment.replace(".", "\\.")).collect(Collectors.joining("."));
        assertThat(Ref.parse(text).segments()).isEqualTo(segments);
    }
}
