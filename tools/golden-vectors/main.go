// Command golden-vectors writes one JSON object per line. `go run . layouts` gives JSON documents, and the same documents
// as the original VaultSecret operator lays them out (json.MarshalIndent with two spaces, yaml.Marshal); numbers are
// json.Number, as they are there. `go run . floats`, `go run . durations` and `go run . quotes` give texts, and what Go's
// strconv and time make of them. Each belongs into the file of its name, NAME.jsonl: layouts into the dialects' test
// resources, the others into those of gotemplate.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"os"
	"strconv"
	"strings"
	"time"

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
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	switch os.Args[1] {
	case "layouts":
		layouts(out)
	case "floats":
		floats(out)
	case "durations":
		durations(out)
	case "quotes":
		for _, t := range texts {
			out.Encode(map[string]string{"text": t, "quoted": strconv.Quote(t)})
		}
	}
}

func floats(out *json.Encoder) {
	values := []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 0.5, 1.5, 100, 123456, 999999, 999999.5, 1000000, 1234567,
		0.0001, 0.00012, 0.00009999, 0.00001, 1e20, 1e21, 1e22, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308,
		12345678901234567890, 9007199254740993, 0.30000000000000004, 1e-7, 123456.7, 2e-3}
	r := rand.New(rand.NewSource(2))
	for i := 0; i < 400; i++ {
		values = append(values, (r.Float64()-0.5)*math.Pow(10, float64(r.Intn(40)-20)))
		values = append(values, float64(r.Int63()), float64(r.Intn(3000000)))
	}
	for _, v := range values {
		out.Encode(map[string]string{"bits": strconv.FormatUint(math.Float64bits(v), 16), "text": strconv.FormatFloat(v, 'g', -1, 64)})
	}
}

func durations(out *json.Encoder) {
	given := []string{"", "0", "+0", "-0", "1", "10", "1s", "-1s", "+1s", "1.5h", "1h30m", "1h 30m", "10d", "abc", "1.s", ".5s",
		".s", ".", "1ms", "1us", "1µs", "1μs", "1ns", "0.1ns", "1.0000000001s", "9223372036854775807ns",
		"9223372036854775808ns", "-9223372036854775808ns", "9223372036s", "9223372037s", "2562047h47m16.854775807s",
		"3000000h", "1h1h", "1m1h", " 1s", "1s ", "1S", "1\x01s", "日", "1日", "\"", "1\"", "--1s", "+-1s", "0.3333333333333333333h",
		"9007199254.740993ms", "1e3s", "1_0s", "00001s", "0s", "0h0m", "100000000000000000000s", "1.9999999999999999999s", "\\"}
	r := rand.New(rand.NewSource(3))
	units := []string{"ns", "us", "ms", "s", "m", "h", "d", ""}
	for i := 0; i < 200; i++ {
		t := ""
		for j := r.Intn(3); j >= 0; j-- {
			t += strconv.FormatFloat(r.Float64()*float64(r.Intn(1000)), 'f', r.Intn(6), 64) + units[r.Intn(len(units))]
		}
		given = append(given, t)
	}
	for _, t := range given {
		d, err := time.ParseDuration(t)
		row := map[string]string{"text": t, "nanos": strconv.FormatInt(int64(d), 10)}
		if err != nil {
			row = map[string]string{"text": t, "error": err.Error()}
		}
		out.Encode(row)
	}
}

func layouts(out *json.Encoder) {
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
