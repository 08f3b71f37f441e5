package main

import (
	"encoding/json"
	"os"
	"time"

	"keyferry.io/tools/template-oracle/secretsmanager"
)

type dataSet struct {
	Secrets map[string]struct {
		Tags    map[string]string
		Version string
		Seconds int64
		Nanos   int64
	}
	Values map[string]string
}

func (d dataSet) secrets() secretsmanager.Secrets {
	secrets := make(secretsmanager.Secrets)
	for name, s := range d.Secrets {
		tags := s.Tags
		if tags == nil {
			tags = map[string]string{}
		}
		secrets[name] = secretsmanager.PolledSecretMeta{
			Tags: tags, CurrentVersionID: s.Version, UpdatedAt: time.Unix(s.Seconds, s.Nanos).UTC(),
		}
	}
	return secrets
}

func readData(path string) (map[string]dataSet, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var sets map[string]dataSet
	return sets, json.Unmarshal(raw, &sets)
}
