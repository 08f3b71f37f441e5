// Package k8ssecret executes templates as the original operator does.
package k8ssecret

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/template"

	"keyferry.io/tools/template-oracle/secretsmanager"
)

type templateParams struct {
	Secrets secretsmanager.Secrets
}

// largestOutput keeps a random template from filling the memory.
const largestOutput = 1 << 20

type limited struct{ bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > largestOutput {
		return 0, errors.New("output too long")
	}
	return l.Buffer.Write(p)
}

// Render gives the output, or an error and whether it came from parsing.
func Render(name, text string, secrets secretsmanager.Secrets, values map[string]string) ([]byte, bool, error) {
	value := func(id string) (string, error) {
		if v, ok := values[id]; ok {
			return v, nil
		}
		return "", fmt.Errorf("no secret %s", id)
	}
	parsed, err := template.New(name).Funcs(template.FuncMap{
		"getSecretValue": value,
		"getSecretValueMap": func(id string) (map[string]interface{}, error) {
			raw, err := value(id)
			if err != nil {
				return nil, fmt.Errorf("failed retrieving value for secret %s", id)
			}
			var asMap map[string]interface{}
			if err := json.Unmarshal([]byte(raw), &asMap); err != nil {
				return nil, fmt.Errorf("secret %s does not contain a valid JSON", id)
			}
			return asMap, nil
		},
		"filterByTagKey": secretsmanager.FilterByTagKey,
		"base64": func(value interface{}) string {
			return base64.StdEncoding.EncodeToString([]byte(value.(string)))
		},
		"indent": func(spaces int, text string) string {
			pad := strings.Repeat(" ", spaces)
			return pad + strings.ReplaceAll(text, "\n", "\n"+pad)
		},
	}).Parse(text)
	if err != nil {
		return nil, true, err
	}
	var out limited
	if err := parsed.Execute(&out, templateParams{Secrets: secrets}); err != nil {
		return nil, false, err
	}
	return out.Bytes(), false, nil
}
