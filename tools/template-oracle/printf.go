package main

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"keyferry.io/tools/template-oracle/secretsmanager"
)

func decoded(text string) any {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(err)
	}
	return v
}

var at = time.Date(2025, 2, 3, 4, 5, 6, 789000000, time.UTC)

// The test in Java makes the same values, in this order.
var values = []any{
	nil, true, false,
	0, 7, -42, 255, 123456789, math.MaxInt64, math.MinInt64, 0x1f600, 0xd800, 0x110000, 0x1b4e,
	int32('x'), uint8(0), uint8(200), int64(-5),
	0.0, math.Copysign(0, -1), 1.0, -1.5, 0.1, 3306.0, 1e6, 123456789.0, 1e21, 1e-7, 2.5, 0.5, 5e-324, math.MaxFloat64,
	2e23, 1.0 / 3, math.Inf(1), math.Inf(-1), math.NaN(), 9007199254740993.0,
	complex(1, -2.5), complex(0, math.Inf(1)),
	"", "abc", "h\u00e9llo \u65e5\u672c \U0001f600", "a\xffb\xc3", "q\"'\\`\n\t\x00\x7f\u2028\ufeff\u00ad",
	time.February, time.Month(13), time.Saturday, time.Weekday(-1), time.Duration(0), 1500 * time.Microsecond,
	-(90*time.Minute + 1), time.Duration(math.MinInt64),
	at, time.Time{},
	decoded(`[1,"two",true,null,[1.5],{"k":"v"}]`), decoded(`[]`), decoded(`{"z":1,"b":"x","m":null,"\u00e9":[]}`), decoded(`{}`),
	map[string]string(nil), map[string]string{"a": "b"}, []byte("hi\xff"), []byte(nil),
	[]any{time.February, time.Second, at},
	secretsmanager.Secrets{"n": {Tags: map[string]string{"t": ""}, CurrentVersionID: "v2", UpdatedAt: at}},
	secretsmanager.PolledSecretMeta{},
}

var verbs = "vTtdboOcUqxXeEfFgGsz%w"

var flags = []string{"", "+", "-", "#", " ", "0", "+#", "-0", "+0", " 0", "#0", "# ", "+ "}

var sizes = []string{"", "9", "14", ".0", ".1", ".3", ".18", "12.2", "3."}

// bytes as Latin-1, as output need not be UTF-8.
func latin1(s string) string {
	runes := make([]rune, len(s))
	for i := 0; i < len(s); i++ {
		runes[i] = rune(s[i])
	}
	return string(runes)
}

type row struct {
	Format string   `json:"format"`
	Texts  []string `json:"texts"`
}

func printfTable(out *json.Encoder) error {
	formats := map[string]bool{}
	for _, verb := range verbs {
		for i, flag := range flags {
			for j, size := range sizes {
				// All pairs of a verb with a flag and of a verb with a size; of the rest, a part.
				if i > 0 && j > 0 && (i*len(sizes)+j+int(verb))%31 != 0 {
					continue
				}
				format := "%" + flag + size + string(verb)
				if formats[format] {
					continue
				}
				formats[format] = true
				texts := make([]string, len(values))
				for k, value := range values {
					texts[k] = latin1(fmt.Sprintf(format, value))
				}
				if err := out.Encode(row{format, texts}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
