package main

const prelude = `{{$m := getSecretValueMap "json"}}{{$s := index .Secrets "db"}}`

// Operands of every kind.
var operands = []string{
	`true`, `7`, `-1`, `1.5`, `2i`, `"a"`, `""`, `nil`, `.`, `.Secrets`, `$m.num`, `$m.str`, `$m.list`, `$m.none`, `$m.map`,
	`$m.null`, `$m.nope`, `$s`, `$s.Tags`, `$s.UpdatedAt`, `$s.UpdatedAt.Month`, `$s.UpdatedAt.Unix`, `(index "abc" 1)`,
}

// Actions with one operand in them.
var actions = []string{
	`{{%}}`, `{{% | print}}`, `{{if %}}a{{else}}b{{end}}`, `{{with %}}{{.}}{{else}}b{{end}}`, `{{range %}}{{.}},{{else}}b{{end}}`,
	`{{range $k, $v := %}}{{$k}}={{$v}},{{end}}`, `{{template "x" %}}{{define "x"}}{{.}}{{end}}`, `{{$x := %}}{{$x}}`,
	`{{not %}}`, `{{and % 1}}`, `{{or % 1}}`, `{{len %}}`, `{{index % 0}}`, `{{index % "k"}}`, `{{index "abc" %}}`,
	`{{index $m %}}`, `{{index $m.list %}}`, `{{slice %}}`, `{{slice % 1}}`, `{{slice "abc" %}}`, `{{call %}}`, `{{html %}}`,
	`{{js %}}`, `{{urlquery %}}`, `{{print %}}`, `{{print % %}}`, `{{println %}}`, `{{printf %}}`, `{{printf "%v %d %s" %}}`,
	`{{printf "%#v %T" % %}}`, `{{printf "%*d" % 3}}`, `{{base64 %}}`, `{{indent % "a"}}`, `{{indent 1 %}}`,
	`{{getSecretValue %}}`, `{{filterByTagKey % "env"}}`, `{{(%).x}}`, `{{(%).Tags}}`, `{{1 | %}}`, `{{% 1}}`,
	`{{$s.UpdatedAt.Add %}}`, `{{$s.UpdatedAt.Before %}}`, `{{$s.UpdatedAt.Format %}}`,
}

var comparisons = []string{"eq", "lt"}

func grid() []string {
	var templates []string
	for _, action := range actions {
		for _, operand := range operands {
			templates = append(templates, prelude+substituted(action, operand))
		}
	}
	for _, comparison := range comparisons {
		for _, a := range operands {
			for _, b := range operands {
				templates = append(templates, prelude+"{{"+comparison+" "+a+" "+b+"}}")
			}
		}
	}
	return templates
}

// A per cent sign that stands for an operand has a blank, a brace or a parenthesis before it.
func substituted(action, operand string) string {
	var text []byte
	for i := 0; i < len(action); i++ {
		if action[i] == '%' && (action[i-1] == ' ' || action[i-1] == '{' || action[i-1] == '(') && action[i+1] != 'd' && action[i+1] != 's' {
			text = append(text, operand...)
		} else {
			text = append(text, action[i])
		}
	}
	return string(text)
}
