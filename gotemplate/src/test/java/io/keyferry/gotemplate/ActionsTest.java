package io.keyferry.gotemplate;

import static io.keyferry.gotemplate.Executing.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every outcome here was seen of Go 1.23. */
class ActionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                "{{if .n}}a{{else}}b{{end}} => a",
                "{{if .empty}}a{{else if .s}}b{{else}}c{{end}} => b",
                "{{with .s}}{{.}}{{end}} => str",
                "{{with .x}}a{{else with .n}}{{.}}{{else}}c{{end}} => 5",
                "{{range .list}}<{{.}}>{{end}} => <1><two><<no value>><[3]><map[k:v]>",
                "{{range $i, $e := .list}}{{$i}}{{end}} => 01234",
                "{{range $k, $v := .map}}{{$k}}={{$v}};{{end}} => a=1;b=map[c:d];",
                "{{range .null}}a{{else}}b{{end}} => b",
                "{{range .list}}{{if eq . `two`}}{{break}}{{end}}{{.}}{{end}} => template: t:1:20: executing \"t\" at <eq . `two`>: error calling eq: incompatible types for comparison",
                "{{range $i, $e := .list}}{{if eq $i 1}}{{continue}}{{end}}{{if eq $i 3}}{{break}}{{end}}{{$i}}{{end}} => 02",
                "{{range $i, $e := .empty}}{{else}}{{$i}}{{end}} => []",
                "{{range $k, $v := .secrets}}{{$k}}:{{$v.Version}} {{end}}. => a:v2 b-2:v7 .",
                "{{define `x`}}<{{.}}{{$}}>{{end}}{{template `x` .n}}{{template `x`}} => <55><<no value><no value>>",
                "{{block `b` .s}}<{{.}}>{{end}} => <str>",
                "{{define `b`}}mine{{end}}{{block `b` .s}}{{end}} => mine",
                "{{template `x`}} => template: t:1:11: executing \"t\" at <{{template \"x\"}}>: template \"x\" not defined",
                "a {{- 1 -}} b => a1b",
                "a {{- /* c */ -}} b => ab",
                "{{$x := 1}}{{if true}}{{$x = 2}}{{$x := 3}}{{end}}{{$x}} => 2",
                "{{if false}}{{$y := 1}}{{else}}{{$y}}{{end}} => template: t:1:33: executing \"t\" at <$y>: undefined variable: $y",
                "{{range .s}}{{end}} => template: t:1:8: executing \"t\" at <.s>: range can't iterate over a value of type string",
                "{{range 3}}{{end}} => template: t:1:8: executing \"t\" at <3>: range can't iterate over a value of type int",
            })
    void actionsDoAsInGo(String template, String outcome) {
        assertThat(run(template)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                "{{.null}}{{.x}} => <no value><no value>",
                "{{.x.y.z}} => <no value>",
                "{{print .null .x}} => <nil> <nil>",
                "{{html .x}} => &lt;no value&gt;",
                "{{.null.x}} => template: t:1:7: executing \"t\" at <.null.x>: nil pointer evaluating interface {}.x",
                "{{$v := .null}}{{$v.x}} => <no value>",
                "{{.s.x}} => template: t:1:4: executing \"t\" at <.s.x>: can't evaluate field x in type interface {}",
                "{{.secrets.a.Nope}} => template: t:1:10: executing \"t\" at <.secrets.a.Nope>: can't evaluate field Nope in type main.Secret",
                "{{.secrets.nope.Version}} => <no value>",
                "{{(index .secrets `nope`).Version}}. => .",
                "{{.secrets.a.Tags.nope}} => <no value>",
                "{{.s 1}} => template: t:1:2: executing \"t\" at <.s>: s is not a method but has arguments",
                "{{nil}} => template: t:1:2: executing \"t\" at <nil>: nil is not a command",
                "{{1 2}} => template: t:1:2: executing \"t\" at <1>: can't give argument to non-function 1",
            })
    void whatIsMissingIsTreatedAsInGo(String template, String outcome) {
        assertThat(run(template)).isEqualTo(outcome);
    }
}
