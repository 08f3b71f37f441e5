// Command golden-vectors prints one JSON object per line: a JSON document, and the same document as the original
// VaultSecret operator lays it out (json.MarshalIndent with two spaces, yaml.Marshal). Numbers are json.Number, as
// they are there. Run `go run . > ../resources/golden/layouts.jsonl`.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"strings"

	"gopkg.in/yaml.v3"
)

var texts = []string{
	"", " ", "  ", "a", "a b", " a", "a ", "\t", "a\tb", "\ta", "a\t", "\n", "\n\n", "a\n", "a\n\n", "\na", "a\nb",
	"a\n b", "a \nb", " a\nb", "a\nb ", "a\n\nb\n", "\r", "a\rb", "a\r\nb", "---", "--- a", "...", "-", "- a", "-a",
	"?", "? a", "?a", ":", ": a", ":a", "a:", "a: b", "a:b", "#", "# a", "a#", "a #b", "a# b", "'", "''", "it's",
	"\"", "\"q\"", "\\", "a\\b", "[", "]", "{", "}", "[]", "{}", "&a", "*a", "!a", "!!str a", "|", ">", "%a", "@a",
	"`a", ",", "a,b", "~", "null", "Null", "NULL", "nULL", "true", "True", "TRUE", "tRue", "false", "yes", "Yes",
	"no", "on", "off", "y", "n", "Y", "N", "<<", "=", "0", "00", "01", "08", "0x1F", "0X1f", "0b101", "0B1", "0o17",
	"0O17", "-0x1", "+1", "-1", "1_000", "_1", "1_", "0x", "0xg", "1e3", "1E3", "1.5", ".5", "5.", ".", "..", "-.5",
	"+.5", "1e", "1e+", ".e1", "1e400", ".5e400", ".1_0", "0x1p4", ".8p1", ".inf", "-.inf", "+.inf", ".Inf", ".nan",
	".NaN", "inf", "nan", "NaN", "12345678901234567890", "18446744073709551615", "18446744073709551616",
	"-9223372036854775808", "-9223372036854775809", "+9223372036854775808", "190:20:30", "1:20", "1:60", "1:2:3.4",
	"2001-01-01", "2001-1-1", "2001-13-01", "2001-02-30", "2001-01-01T00:00:00Z", "2001-01-01t00:00:00Z",
	"2001-01-01 00:00:00", "2001-01-01 00:00:00.5", "2001-01-01T00:00:00.123456789+01:00", "2001-01-01T1:2:3Z",
	"2001-01-01T25:00:00Z", "2001-01-01T00:00", "2001-01-01x", "20010101", "é", "日本", "\u00a0", "\u0085", "\u2028",
	"\u2029", "\ufeff", "a\ufeff", "\ufeffa", "\ufffd", "\uffff", "😀", "a😀\n", "\u0000", "\u0001", "\u001b", "\u007f",
	"a\u0007b", "\u0080", "<b>&</b>", "a\u2028b", "a\u2028\nb", "\u2028a\nb", "a\nb\u2028", strings.Repeat("x", 128), strings.Repeat("x", 129),
	strings.Repeat("é", 64), strings.Repeat("é", 65), strings.Repeat("word ", 40), "line " + strings.Repeat("x", 200) + "\nnext",
	"-----BEGIN KEY-----\nabc\n-----END KEY-----\n", "k9", "k10", "k09", "k1a", "k1", "kA", "k-1", "k_1", "1k", "10", "9", "010",
	"postgres://u:p@h:5432/d?x=1#f", "{\"a\": 1}", "[1, 2]", "a=b;c=d", "* a", "a*", "a: ", ":\ta", "a:\tb", "-\ta", "a\n\tb", "a\n#b", "0.0.0.0", "1.2.3", "+", "-+1", "+-1", "1-1", "0_", "0x_1", "0b2", "0o8", "09", "-09", "1e5_0", "1_e5", "0e0", "-0", "-0.0", "+0",
}

var numbers = []string{"0", "-0", "1", "123", "65535", "999999", "1000000", "1234567", "12345678901234567890", "1.50", "1.0", "1e3", "1E3", "0.00001", "-1.5e-7", "1e400"}

func text(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func random(r *rand.Rand, depth int) string {
	switch n := r.Intn(10); {
	case n < 5 || depth > 4:
		return text(texts[r.Intn(len(texts))])
	case n == 5:
		return numbers[r.Intn(len(numbers))]
	case n == 6:
		return []string{"true", "false", "null"}[r.Intn(3)]
	case n == 7:
		var items []string
		for i := r.Intn(4); i > 0; i-- {
			items = append(items, random(r, depth+1))
		}
		return "[" + strings.Join(items, ",") + "]"
	default:
		return object(r, depth+1)
	}
}

// The order of keys with numbers beyond 64 bits depends on chance.
func key(r *rand.Rand) string {
	for {
		if t := texts[r.Intn(len(texts))]; !strings.Contains(t, "1844674") && !strings.Contains(t, "922337") && !strings.Contains(t, "1234567890") {
			return text(t)
		}
	}
}

func object(r *rand.Rand, depth int) string {
	var members []string
	for i := r.Intn(6); i > 0; i-- {
		members = append(members, key(r)+":"+random(r, depth))
	}
	return "{" + strings.Join(members, ",") + "}"
}

func main() {
	var documents []string
	for _, t := range texts {
		documents = append(documents, `{"k":`+text(t)+`}`, `{`+text(t)+`:"v"}`, `{"k":[`+text(t)+`,["x",`+text(t)+`]]}`)
	}
	for _, n := range numbers {
		documents = append(documents, `{"k":`+n+`}`)
	}
	r := rand.New(rand.NewSource(1))
	for i := 0; i < 400; i++ {
		documents = append(documents, object(r, 0))
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for _, document := range documents {
		decoder := json.NewDecoder(strings.NewReader(document))
		decoder.UseNumber()
		var value map[string]any
		if err := decoder.Decode(&value); err != nil {
			panic(err)
		}
		asJSON, err := json.MarshalIndent(value, "", "  ")
		if err != nil {
			panic(err)
		}
		asYAML, err := yaml.Marshal(value)
		if err != nil {
			panic(fmt.Sprint(document, err))
		}
		out.Encode(map[string]string{"document": document, "json": string(asJSON), "yaml": string(bytes.Clone(asYAML))})
	}
}
