// Command template-oracle says what Go makes of templates and of printf formats. It must be run with the toolchain that
// built the original operator, as templates learned more later:
//
//	GOTOOLCHAIN=go1.23.12 go run . golden DATA CASES >templates.jsonl
//	GOTOOLCHAIN=go1.23.12 go run . printf >printf.jsonl
//	GOTOOLCHAIN=go1.23.12 go run . serve DATA
//
// DATA is template-data.json, and the output belongs beside it, into the resources of gotemplate's tests. CASES is
// cases.txt: one template on each line; `@name` changes the data set, `#` begins a comment, and a line that begins with
// a double quote is a Go string; a grid of operands and actions comes after them. `serve` reads a request from each line and writes an answer to each.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"keyferry.io/tools/template-oracle/k8ssecret"
)

const templateName = "t"

// patience is how long serve waits for a template. Nothing can stop one, so that the process ends then.
const patience = 3 * time.Second

type request struct {
	Template string `json:"template"`
	Data     string `json:"data"`
}

// answer has one of the three; Output unless it is not UTF-8.
type answer struct {
	Output *string `json:"output,omitempty"`
	Base64 string  `json:"base64,omitempty"`
	Error  string  `json:"error,omitempty"`
}

type oracle struct {
	sets map[string]dataSet
}

func (o oracle) ask(r request) answer {
	set := o.sets[r.Data]
	out, _, err := k8ssecret.Render(templateName, r.Template, set.secrets(), set.Values)
	if err != nil {
		return answer{Error: err.Error()}
	}
	if !utf8.Valid(out) {
		return answer{Base64: base64.StdEncoding.EncodeToString(out)}
	}
	text := string(out)
	return answer{Output: &text}
}

func (o oracle) serve(in io.Reader, out *json.Encoder) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var r request
		if err := json.Unmarshal(line, &r); err != nil {
			return err
		}
		answered := make(chan answer, 1)
		go func() { answered <- o.ask(r) }()
		select {
		case a := <-answered:
			if err := out.Encode(a); err != nil {
				return err
			}
		case <-time.After(patience):
			return fmt.Errorf("no end: %s", r.Template)
		}
	}
}

func (o oracle) golden(cases io.Reader, out *json.Encoder) error {
	set := ""
	lines := bufio.NewScanner(cases)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case strings.HasPrefix(line, "@"):
			set = line[1:]
			continue
		case strings.HasPrefix(line, `"`):
			text, err := strconv.Unquote(line)
			if err != nil {
				return fmt.Errorf("%s: %w", line, err)
			}
			line = text
		}
		if err := o.row(request{Template: line, Data: set}, out); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	for _, template := range grid() {
		if err := o.row(request{Template: template, Data: "basic"}, out); err != nil {
			return err
		}
	}
	return nil
}

func (o oracle) row(r request, out *json.Encoder) error {
	return out.Encode(struct {
		request
		answer
	}{r, o.ask(r)})
}

func run(arguments []string) error {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if len(arguments) == 1 && arguments[0] == "printf" {
		return printfTable(encoder)
	}
	if len(arguments) < 2 {
		return fmt.Errorf("usage: template-oracle printf | golden DATA CASES | serve DATA")
	}
	sets, err := readData(arguments[1])
	if err != nil {
		return err
	}
	o := oracle{sets}
	if arguments[0] == "serve" {
		lines := json.NewEncoder(os.Stdout)
		lines.SetEscapeHTML(false)
		return o.serve(os.Stdin, lines)
	}
	cases, err := os.Open(arguments[2])
	if err != nil {
		return err
	}
	defer cases.Close()
	return o.golden(cases, encoder)
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
