// Package secretsmanager has the types that templates see, by the names the original operator gives them.
package secretsmanager

import "time"

// Secrets are by friendly name.
type Secrets map[string]PolledSecretMeta

// PolledSecretMeta is what a listing tells of one secret.
type PolledSecretMeta struct {
	Tags             map[string]string
	CurrentVersionID string
	UpdatedAt        time.Time
}

// FilterByTagKey keeps the secrets that carry a tag.
func FilterByTagKey(secrets Secrets, key string) Secrets {
	filtered := make(Secrets)
	for name, secret := range secrets {
		if _, ok := secret.Tags[key]; ok {
			filtered[name] = secret
		}
	}
	return filtered
}
