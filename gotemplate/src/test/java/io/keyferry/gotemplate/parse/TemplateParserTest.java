package io.keyferry.gotemplate.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.gotemplate.value.StringValue;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every message here was seen of Go 1.23. */
class TemplateParserTest {
    private static Map<StringValue, Node.Sequence> parse(String text) throws SyntaxException {
        return TemplateParser.parse("t", text, Set.of("print", "len", "index"), 100);
    }

    private static String reprinted(String text) throws SyntaxException {
        return Objects.requireNonNull(parse(text).get(StringValue.of("t"))).source();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                "{{}} => missing value for command",
                "{{if}}{{end}} => missing value for if",
                "{{|.x}} => unexpected \"|\" in command",
                "{{nope 1}} => function \"nope\" not defined",
                "{{$x}} => undefined variable \"$x\"",
                "{{with $y := 5}}{{end}}{{$y}} => undefined variable \"$y\"",
                "{{$a, $b := .x}} => too many declarations in command",
                "{{range $a, $b, $c := .x}}{{end}} => too many declarations in range",
                "{{range $a, 1 := .x}}{{end}} => range can only initialize variables",
                "{{print | 1}} => non executable command in pipeline stage 2",
                "{{if .x}} => unexpected EOF",
                "{{end}} => unexpected {{end}}",
                "{{else}} => unexpected {{else}}",
                "{{if 1}}{{else}}{{else}}{{end}} => expected end; found {{else}}",
                "{{if 1}}{{else with 1}}{{end}} => unexpected <with> in input",
                "{{break}} => {{break}} outside {{range}}",
                "{{range .x}}{{end}}{{continue}} => {{continue}} outside {{range}}",
                "{{range .x}}{{block `b` .}}{{break}}{{end}}{{end}} => {{break}} outside {{range}}",
                "{{define x}}{{end}} => unexpected \"x\" in define clause",
                "{{if 1}}{{define `x`}}{{end}}{{end}} => unexpected <define> in command",
                "{{define `a`}}1{{end}}{{define `a`}}2{{end}} => template: multiple definition of template \"a\"",
                "{{template x}} => unexpected \"x\" in template clause",
                "{{.x.}} => unexpected <.> in operand",
                "{{1.x}} => bad number syntax: \"1.x\"",
                "{{true.x}} => unexpected . after term \"true\"",
                "{{.x!}} => bad character U+0021 '!'",
                "{{€}} => unrecognized character in action: U+20AC '€'",
                "{{\"aaaaaaaaaaaaaaa\" \"b\"c}} => unexpected \"c\" in operand",
                "{{print\"aaaaaaaaaaaaaaa\"}} => bad character U+0022 '\"'",
                "{{1\"aaaaaaaaaaaaaaa\"}} => unexpected \"\\\"aaaaaaaaa\"... in operand",
                "{{.x => unclosed action",
                "{{(.x}} => unclosed left paren",
                "{{.x)}} => unexpected right paren",
                "{{\"x}} => unterminated quoted string",
                "{{`x}} => unterminated raw quoted string",
                "{{'x}} => unterminated character constant",
                "{{'ab'}} => malformed character constant: 'ab'",
                "{{\"\\q\"}} => invalid syntax",
                "{{08}} => integer overflow: \"08\"",
                "{{0x}} => illegal number syntax: \"0x\"",
                "{{1a}} => bad number syntax: \"1a\"",
                "{{1e999}} => illegal number syntax: \"1e999\"",
                "{{/* x => unclosed comment",
                "{{/* x */ }} => comment ends before closing delimiter",
            })
    void whatIsNoTemplateIsToldInTheWordsOfGo(String text, String problem) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessage("template: t:1: " + problem);
    }

    @Test
    void messagesNameTheLine() {
        assertThatThrownBy(() -> parse("a\n{{if .x}}\n{{end}}\n{{end}}"))
                .hasMessage("template: t:4: unexpected {{end}}");
        assertThatThrownBy(() -> parse("{{.x\n\n")).hasMessage("template: t:3: unclosed action started at t:1");
        assertThatThrownBy(() -> parse("{{\n(.x\n}}"))
                .hasMessage("template: t:3: unclosed left paren in action started at t:1");
        assertThatThrownBy(() -> parse("{{block `a` .}}\n{{else}}"))
                .hasMessage("template: t:1: unexpected {{else}} in block clause");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                "{{ .a.b  |print  1|  len }} => {{.a.b | print 1 | len}}",
                "{{ $x:=( index .a 1 ).b.c }}{{$x.y}} => {{$x := (index .a 1).b.c}}{{$x.y}}",
                "{{$x := 1}}{{ $x =2 }} => {{$x := 1}}{{$x = 2}}",
                "{{range $i , $e:=.a}}{{break}}{{else}}y{{end}} => {{range $i, $e := .a}}{{break}}{{else}}y{{end}}",
                "{{if 1}}a{{else if 2}}b{{end}} => {{if 1}}a{{else}}{{if 2}}b{{end}}{{end}}",
                "{{with 1}}a{{else with 2}}b{{else}}c{{end}} => {{with 1}}a{{else}}{{with 2}}b{{else}}c{{end}}{{end}}",
                "{{template `x`}}{{template \"y\"  .a}} => {{template \"x\"}}{{template \"y\" .a}}",
                "{{block `b` .}}x{{end}} => {{template \"b\" .}}",
                "{{print nil true 'a' 0x1F `r` . $}} => {{print nil true 'a' 0x1F `r` . $}}",
                "{{print.x}} {{.x|}} => {{print.x}} {{.x}}",
                "a {{- /* c */ -}} b {{- 1 -}} c => ab{{1}}c",
                "{{-1}} {{- -1 -}} x => {{-1}}{{-1}}x",
            })
    void nodesPrintAsInGo(String text, String printed) throws SyntaxException {
        assertThat(reprinted(text)).isEqualTo(printed);
    }

    @Test
    void aBlankTemplateGivesWayToOneOfItsName() throws SyntaxException {
        assertThat(reprinted("{{define `t`}}x{{end}} \n")).isEqualTo("x");
        assertThat(reprinted("{{define `t`}} {{end}}y")).isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "1, 1",
                "017, 15",
                "0o17, 15",
                "0b11, 3",
                "0x_f, 15",
                "1_000, 1000",
                "'a', 97",
                "'\\n', 10",
                "'\\377', 255",
                "1e3, 1000",
                "3.0, 3",
                "-0x10, -16",
                "0i, 0",
                "-9223372036854775808, -9223372036854775808"
            })
    void wholeNumbersServeAsIntegers(String text, long value) throws SyntaxException {
        assertThat(number(text).integer()).hasValue(value);
    }

    @ParameterizedTest
    @CsvSource({"1.5", "1e19", "9223372036854775808", "9223372036854775808.0", "1i", "0x1p-1"})
    void otherNumbersDoNot(String text) throws SyntaxException {
        assertThat(number(text).integer()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {"1, false", "1e3, true", "0x1e3, false", "-0x1e3, true", "0x1p4, true", "'e', false", "1., true"})
    void aPointOrAnExponentMakesAFloat(String text, boolean isFloat) throws SyntaxException {
        assertThat(number(text).isFloatByItself()).isEqualTo(isFloat);
    }

    private static NumberConstant number(String text) throws SyntaxException {
        Node.Action action =
                (Node.Action) Objects.requireNonNull(parse("{{" + text + "}}").get(StringValue.of("t")))
                        .nodes()
                        .getFirst();
        return ((Node.Numeral) action.pipe().commands().getFirst().words().getFirst()).value();
    }
}
