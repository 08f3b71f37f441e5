{{/* The dialects that run, separated by commas. */}}
{{- define "keyferry.dialects" -}}
{{- $named := list -}}
{{- range $name := list "vaultsecret" "syncedsecret" "vsecmsecret" "vaultsync" -}}
{{- if (index $.Values.dialects $name).enabled -}}{{- $named = append $named $name -}}{{- end -}}
{{- end -}}
{{- if $named -}}{{ join "," $named }}{{- else if include "keyferry.isVaultSync" . -}}vaultsync{{- else -}}vaultsecret{{- end -}}
{{- end }}

{{/* Not empty if a value, or the name, is one that only those give who had vault-sync-operator. */}}
{{- define "keyferry.isVaultSync" -}}
{{- $names := list .Release.Name .Values.nameOverride .Values.fullnameOverride | join " " -}}
{{- if or .Values.vault.role .Values.vault.authPath .Values.clusterName .Values.vaultsync.kinds (contains "vault-sync" $names) }}yes{{ end }}
{{- end }}

{{/* Not empty if a dialect runs: (dict "root" $ "dialect" "vaultsync") */}}
{{- define "keyferry.runs" -}}
{{- if has .dialect (splitList "," (include "keyferry.dialects" .root)) }}yes{{ end }}
{{- end }}

{{/* Not empty if metrics are shown only to those who may see them. */}}
{{- define "keyferry.guardsMetrics" -}}
{{- if and .Values.controllerManager.metrics.enableAuth (eq (include "keyferry.dialects" .) "vaultsync") (include "keyferry.port" .Values.controllerManager.metrics.bindAddress) }}yes{{ end }}
{{- end }}

{{/* What the dialects do with objects, wherever they work. */}}
{{- define "keyferry.objectRules" -}}
{{- $dialects := splitList "," (include "keyferry.dialects" .) -}}
{{- $writesSecrets := or (has "vaultsecret" $dialects) (has "syncedsecret" $dialects) (has "vsecmsecret" $dialects) -}}
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch{{ if $writesSecrets }}, create{{ end }}, patch{{ if and (has "vsecmsecret" $dialects) .Values.vsecmsecret.allowDelete }}, delete{{ end }}]
- apiGroups: [""]
  resources: [events]
  verbs: [create, patch]
{{- if has "vaultsecret" $dialects }}
- apiGroups: [k8s.kiwi.com]
  resources: [vaultsecrets]
  verbs: [list, watch]
- apiGroups: [k8s.kiwi.com]
  resources: [vaultsecrets/status]
  verbs: [patch]
# Where the API server enforces it, owners that block deletion may be set only with this.
- apiGroups: [k8s.kiwi.com]
  resources: [vaultsecrets/finalizers]
  verbs: [update]
# To log in to Vault as the ServiceAccounts that VaultSecrets name.
- apiGroups: [""]
  resources: [serviceaccounts/token]
{{- with .Values.vaultsecret.serviceAccounts }}
  resourceNames: {{ toJson . }}
{{- end }}
  verbs: [create]
{{- end }}
{{- if has "syncedsecret" $dialects }}
- apiGroups: [secrets.contentful.com]
  resources: [syncedsecrets]
  verbs: [list, watch]
- apiGroups: [secrets.contentful.com]
  resources: [syncedsecrets/status]
  verbs: [patch]
{{- end }}
{{- if has "vsecmsecret" $dialects }}
- apiGroups: [vsecm.com]
  resources: [vsecmsecrets]
  verbs: [list, watch]
- apiGroups: [vsecm.com]
  resources: [vsecmsecrets/status]
  verbs: [patch]
{{- end }}
{{- if has "vaultsync" $dialects }}
{{- $apps := list "deployments" }}
{{- $batch := list }}
{{- range .Values.vaultsync.kinds }}
{{- if has . (list "StatefulSet" "DaemonSet") }}{{ $apps = append $apps (printf "%ss" (lower .)) }}{{ else }}{{ $batch = append $batch (printf "%ss" (lower .)) }}{{ end }}
{{- end }}
# Annotated workloads get a finalizer and annotations.
- apiGroups: [apps]
  resources: [{{ join ", " $apps }}]
  verbs: [list, watch, patch]
{{- if $batch }}
- apiGroups: [batch]
  resources: [{{ join ", " $batch }}]
  verbs: [list, watch, patch]
{{- end }}
{{- end }}
{{- end }}

{{/* What cannot be granted in a namespace; may be empty. */}}
{{- define "keyferry.clusterRules" -}}
{{- if include "keyferry.runs" (dict "root" . "dialect" "syncedsecret") }}
# Annotations and labels of namespaces decide what may be read.
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get, list, watch]
{{- else if include "keyferry.runs" (dict "root" . "dialect" "vaultsync") }}
# The uid of this namespace tells the cluster from others in the marks on Vault paths.
- apiGroups: [""]
  resources: [namespaces]
  resourceNames: [kube-system]
  verbs: [get]
{{- end }}
{{- if include "keyferry.guardsMetrics" . }}
# Who may see metrics.
- apiGroups: [authentication.k8s.io]
  resources: [tokenreviews]
  verbs: [create]
- apiGroups: [authorization.k8s.io]
  resources: [subjectaccessreviews]
  verbs: [create]
{{- end }}
{{- end }}

{{/* The names of the leases, as the originals have them. */}}
{{- define "keyferry.leases" -}}
{{- $names := dict "vaultsecret" "7efd0e49.k8s.kiwi.com" "syncedsecret" "5a48bfe8.contentful.com" "vsecmsecret" "vsecm-operator.vsecm.com" "vaultsync" "vault-sync-operator.io" -}}
{{- $leases := list -}}
{{- range splitList "," (include "keyferry.dialects" .) }}{{ $leases = append $leases (get $names .) }}{{ end -}}
{{- join ", " $leases -}}
{{- end }}
