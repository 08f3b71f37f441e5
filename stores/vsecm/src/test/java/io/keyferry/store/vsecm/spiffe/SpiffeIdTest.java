package io.keyferry.store.vsecm.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiffeIdTest {
    private static final String RULES = "spiffe://[a-z0-9._-]{1,255}(/[A-Za-z0-9._-]+)*";

    @Property(tries = 500)
    void whatKeepsTheRulesIsReadAndPrintedAsItWas(@ForAll("ids") String text) {
        assertThat(SpiffeId.parse(text)).hasToString(text);
        assertThat(SpiffeId.parse(text).isTrustDomain()).isEqualTo(text.indexOf('/', 9) < 0);
    }

    /** One character anywhere is another one: read if and only if the standard's grammar allows it. */
    @Property(tries = 2000)
    void oneOtherCharacterIsJudgedAsTheGrammarDoes(
            @ForAll("ids") String text, @ForAll int at, @ForAll("marks") String mark) {
        int place = Math.floorMod(at, text.length());
        String other = text.substring(0, place) + mark + text.substring(place + 1);
        boolean allowed = other.matches(RULES)
                && List.of(other.substring(9).split("/", -1)).stream()
                        .skip(1)
                        .noneMatch(segment -> segment.equals(".") || segment.equals(".."));
        boolean read;
        try {
            SpiffeId.parse(other);
            read = true;
        } catch (IllegalArgumentException e) {
            read = false;
        }
        assertThat(read).as(other).isEqualTo(allowed);
    }

    @Provide
    Arbitrary<String> ids() {
        return Combinators.combine(
                        Arbitraries.strings()
                                .withChars("az09._-")
                                .ofMinLength(1)
                                .ofMaxLength(20),
                        Arbitraries.strings()
                                .withChars("aZ09._-")
                                .ofMinLength(1)
                                .ofMaxLength(5)
                                .filter(segment -> !segment.equals(".") && !segment.equals(".."))
                                .list()
                                .ofMaxSize(5))
                .as((domain, segments) -> "spiffe://" + domain
                        + String.join("", segments.stream().map(s -> "/" + s).toList()));
    }

    @Provide
    Arbitrary<String> marks() {
        return Arbitraries.of("/", ".", "%", ":", "@", "?", "#", " ", "A", "a", "é", "\u0000", "\n", "..", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vsecm.com/a",
                "SPIFFE://vsecm.com/a",
                "https://vsecm.com/a",
                "spiffe:/vsecm.com",
                "spiffe://",
                "spiffe:///a",
                "spiffe://Vsecm.com/a",
                "spiffe://vsecm.com:80/a",
                "spiffe://u@vsecm.com/a",
                "spiffe://vsecm.com/",
                "spiffe://vsecm.com/a/",
                "spiffe://vsecm.com//a",
                "spiffe://vsecm.com/./a",
                "spiffe://vsecm.com/a/..",
                "spiffe://vsecm.com/%41",
                "spiffe://vsecm.com/a?b",
                "spiffe://vsecm.com/a#b",
                "spiffe://vsecm.com/ä"
            })
    void refusesWhatBreaksARule(String text) {
        assertThatThrownBy(() -> SpiffeId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holdsTheLimitsOfLength() {
        String domain = "spiffe://" + "a".repeat(255);
        assertThat(SpiffeId.parse(domain).trustDomain()).hasSize(255);
        assertThatThrownBy(() -> SpiffeId.parse(domain + "a")).hasMessageContaining("255");
        String longest = "spiffe://vsecm.com/" + "a".repeat(2048 - 19);
        assertThat(SpiffeId.parse(longest)).hasToString(longest);
        assertThatThrownBy(() -> SpiffeId.parse(longest + "a")).hasMessageContaining("2048");
    }

    @Test
    void aPatternIsAPrefixOrAnExpression() {
        SpiffeId id = SpiffeId.parse("spiffe://vsecm.com/workload/a/ns/b");
        assertThat(SpiffeIdPattern.parse("spiffe://vsecm.com/workload/a/").matches(id))
                .isTrue();
        assertThat(SpiffeIdPattern.parse("spiffe://vsecm.com/workload/b/").matches(id))
                .isFalse();
        assertThat(SpiffeIdPattern.parse("^spiffe://vsecm.com/workload/([^/]+)/ns/b$")
                        .capture(id))
                .hasValue("a");
        assertThat(SpiffeIdPattern.parse("^spiffe://vsecm.com/workload/([^/]+)/ns$")
                        .capture(id))
                .isEmpty();
    }

    @Test
    void aPatternThatTakesForEverMatchesNothing() {
        SpiffeId id = SpiffeId.parse("spiffe://vsecm.com/" + "a".repeat(2000));
        assertThat(SpiffeIdPattern.parse("^spiffe://vsecm.com/a*a*a*a*a*a*b$").matches(id))
                .isFalse();
    }
}
