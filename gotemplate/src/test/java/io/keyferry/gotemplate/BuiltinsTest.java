package io.keyferry.gotemplate;

import static io.keyferry.gotemplate.Executing.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every outcome here was seen of Go 1.23. */
class BuiltinsTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                "{{and 1 0 2}} {{or 0 `` `x`}} {{not .x}} => 0 x true",
                "{{.n | and 1 | or 0}} => 5",
                "{{len `é`}} {{len .list}} {{len .map}} => 2 5 2",
                "{{index .map `b` `c`}} {{index .list 3 0}} {{index .s 0}} => d 3 115",
                "{{slice .s 1}} {{slice .s 1 2}} {{slice .list 0 2}} => tr t [1 two]",
                "{{eq 1 2 1}} {{eq nil .null}} {{ne `a` `b`}} {{lt 1.5 2.5}} {{le 1 1}} {{gt `b` `a`}} {{ge 1 2}} => true true true true true true false",
                "{{eq (index .s 0) 115}} => true",
                "{{html `<a&'\">`}} {{urlquery `a b&é~`}} => &lt;a&amp;&#39;&#34;&gt; a+b%26%C3%A9~",
                "{{js \"'\\\"\\\\<>&=\\n\\u2028é\"}} => \\'\\\"\\\\\\u003C\\u003E\\u0026\\u003D\\u000A\\u2028é",
                "{{print 1 2 `a` 3}} {{println `x` 1 | len}} {{printf `%v|%q` .big .s}} => 1 2a3 4 1e+06|\"str\"",
            })
    void resultsAreThoseOfGo(String template, String output) {
        assertThat(run(template)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                "len 1 => len of type int",
                "len .null => len of nil pointer",
                "len nil => reflect: call of reflect.Value.Type on zero Value",
                "index .list 5 => reflect: slice index out of range",
                "index .list 6 => index out of range: 6",
                "index .list .s => cannot index slice/array with type string",
                "index .map 1 => value has type int; should be string",
                "index .map `no` `y` => index of nil pointer",
                "index nil 1 => index of untyped nil",
                "index 1 1 => can't index item of type int",
                "slice .s 4 => index out of range: 4",
                "slice .s 2 1 => invalid slice index: 2 > 1",
                "slice .s 0 1 2 => cannot 3-index slice a string",
                "slice .s .n => cannot index slice/array with type interface {}",
                "eq .n 5 => incompatible types for comparison",
                "eq 1 => missing argument for comparison",
                "lt true false => invalid type for comparison",
                "lt 1 2.0 => incompatible types for comparison",
                "call nil => call of nil",
            })
    void failuresAreThoseOfGo(String call, String problem) {
        String name = call.substring(0, call.indexOf(' '));
        assertThat(run("{{" + call + "}}"))
                .isEqualTo(
                        "template: t:1:2: executing \"t\" at <" + call + ">: error calling " + name + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                "and => at <and>: wrong number of args for and: want at least 1 got 0",
                "not 1 2 => at <not>: wrong number of args for not: want 1 got 2",
                "printf 1 => at <1>: expected string; found 1",
                "printf .n => at <.n>: wrong type for value; expected string; got float64",
                "printf .x => at <.x>: invalid value; expected string",
                "printf .null => at <.null>: wrong type for value; expected string; got interface {}",
                "printf nil => at <nil>: cannot assign nil to string",
            })
    void wrongArgumentsFailAsInGo(String call, String problem) {
        assertThat(run("{{" + call + "}}")).startsWith("template: t:1:").endsWith("executing \"t\" " + problem);
    }

    @Test
    void andAndOrLeaveTheRestAlone() {
        assertThat(run("{{or 1 (index .s 99)}}{{and 0 (index .s 99)}}")).isEqualTo("10");
    }

    @Test
    void messagesHoldNoData() {
        assertThat(run("{{eq .list .list}}")).doesNotContain("two");
        assertThat(run("{{range .s}}{{end}}")).doesNotContain("str>").doesNotContain("over str ");
    }
}
