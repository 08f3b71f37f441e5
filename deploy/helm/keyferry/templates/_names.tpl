{{- define "keyferry.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "keyferry.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 44 | trimSuffix "-" }}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 44 | trimSuffix "-" }}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 44 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "keyferry.namespace" -}}
{{- default .Values.namespace.name .Release.Namespace }}
{{- end }}

{{- define "keyferry.manager" -}}
{{ include "keyferry.fullname" . }}-controller-manager
{{- end }}

{{- define "keyferry.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ default (include "keyferry.manager" .) .Values.serviceAccount.name }}{{ else }}{{ default "default" .Values.serviceAccount.name }}{{ end }}
{{- end }}

{{- define "keyferry.selector" -}}
app.kubernetes.io/name: {{ include "keyferry.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
control-plane: controller-manager
{{- end }}

{{- define "keyferry.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "keyferry.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* metadata with a name, in the release's namespace: (dict "root" $ "name" "x") */}}
{{- define "keyferry.metadata" -}}
name: {{ .name }}
namespace: {{ include "keyferry.namespace" .root }}
labels:
  {{- include "keyferry.labels" .root | nindent 2 }}
{{- end }}

{{/* metadata of what is in no namespace: (dict "root" $ "name" "x") */}}
{{- define "keyferry.clusterMetadata" -}}
name: {{ .name }}
labels:
  {{- include "keyferry.labels" .root | nindent 2 }}
{{- end }}

{{/* Whom roles are bound to. */}}
{{- define "keyferry.subjects" -}}
- kind: ServiceAccount
  name: {{ include "keyferry.serviceAccount" . }}
  namespace: {{ include "keyferry.namespace" . }}
{{- end }}

{{/* The port of a bind address such as :8080 or 127.0.0.1:8080; empty for 0. */}}
{{- define "keyferry.port" -}}
{{- if ne (toString .) "0" }}{{ regexFind "[0-9]+$" (toString .) }}{{ end }}
{{- end }}
