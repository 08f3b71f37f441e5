{{/* The file that --config names. It has all that the arguments say, too, for those who run doctor with it. */}}
{{- define "keyferry.config" -}}
{{- $manager := .Values.controllerManager -}}
{{- $config := merge (dict) .Values.config (dict
      "log-level" .Values.logLevel
      "dialects" (include "keyferry.dialects" .)
      "leader-elect" $manager.leaderElect
      "health-probe-bind-address" $manager.healthProbe.bindAddress
      "metrics-bind-address" $manager.metrics.bindAddress) -}}
{{- if .Values.watchNamespaces }}{{ $config = merge $config (dict "namespace" .Values.watchNamespaces) }}{{ end -}}
{{- if $manager.metrics.tls.secretName }}{{ $config = merge $config (dict "metrics-cert-path" "/etc/keyferry-metrics-tls") }}{{ end -}}
{{- if include "keyferry.runs" (dict "root" . "dialect" "vaultsync") }}
{{- if eq (include "keyferry.dialects" .) "vaultsync" }}{{ $config = merge $config (dict "enable-metrics-auth" $manager.metrics.enableAuth) }}{{ end -}}
{{- range $flag, $value := dict "vault-addr" .Values.vault.address "vault-role" .Values.vault.role "vault-auth-path" .Values.vault.authPath "cluster-name" .Values.clusterName }}
{{- if $value }}{{ $config = merge $config (dict $flag $value) }}{{ end -}}
{{- end }}
{{- end -}}
{{- if .Values.vaultsync.kinds }}{{ $_ := set $config "KEYFERRY_VAULTSYNC_KINDS" (join "," .Values.vaultsync.kinds) }}{{ end -}}
{{- toYaml $config -}}
{{- end }}

{{- define "keyferry.args" -}}
{{- $manager := .Values.controllerManager -}}
- operator
- --dialects={{ include "keyferry.dialects" . }}
- --config=/etc/keyferry/config.yaml
- --leader-elect={{ $manager.leaderElect }}
- --health-probe-bind-address={{ $manager.healthProbe.bindAddress }}
- --metrics-bind-address={{ $manager.metrics.bindAddress }}
{{- if $manager.metrics.tls.secretName }}
- --metrics-cert-path=/etc/keyferry-metrics-tls
{{- end }}
{{- range .Values.watchNamespaces }}
- --namespace={{ . }}
{{- end }}
{{- if include "keyferry.runs" (dict "root" . "dialect" "vaultsync") }}
{{- if eq (include "keyferry.dialects" .) "vaultsync" }}
- --enable-metrics-auth={{ $manager.metrics.enableAuth }}
{{- end }}
{{- with .Values.vault.address }}
- --vault-addr={{ . }}
{{- end }}
{{- with .Values.vault.role }}
- --vault-role={{ . }}
{{- end }}
{{- with .Values.vault.authPath }}
- --vault-auth-path={{ . }}
{{- end }}
{{- with .Values.clusterName }}
- --cluster-name={{ . }}
{{- end }}
{{- end }}
{{- with .Values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "keyferry.env" -}}
{{- $tls := .Values.vault.tls -}}
- name: POD_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- with .Values.vault.address }}
- name: VAULT_ADDR
  value: {{ . | quote }}
{{- end }}
{{- with .Values.vault.namespace }}
- name: VAULT_NAMESPACE
  value: {{ . | quote }}
{{- end }}
{{- if or $tls.caConfigMap $tls.caSecret }}
- name: VAULT_CACERT
  value: /etc/keyferry-vault-ca/{{ $tls.caKey }}
{{- end }}
{{- if $tls.clientSecret }}
- name: VAULT_CLIENT_CERT
  value: /etc/keyferry-vault-client/tls.crt
- name: VAULT_CLIENT_KEY
  value: /etc/keyferry-vault-client/tls.key
{{- end }}
{{- with $tls.serverName }}
- name: VAULT_TLS_SERVER_NAME
  value: {{ . | quote }}
{{- end }}
{{- with .Values.aws.region }}
- name: AWS_REGION
  value: {{ . | quote }}
{{- end }}
{{- if include "keyferry.runs" (dict "root" . "dialect" "vsecmsecret") }}
- name: SPIFFE_ENDPOINT_SOCKET
  value: unix:///spire-agent-socket/{{ .Values.vsecmsecret.agentSocket.fileName }}
{{- if not (or (eq .Values.vsecmsecret.spiffeId.trustDomain "vsecm.com") (hasKey .Values.config "SPIFFE_TRUST_DOMAIN")) }}
- name: SPIFFE_TRUST_DOMAIN
  value: {{ .Values.vsecmsecret.spiffeId.trustDomain | quote }}
{{- end }}
{{- end }}
{{- with .Values.env }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "keyferry.volumeMounts" -}}
- name: config
  mountPath: /etc/keyferry
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- if .Values.controllerManager.metrics.tls.secretName }}
- name: metrics-tls
  mountPath: /etc/keyferry-metrics-tls
  readOnly: true
{{- end }}
{{- if or .Values.vault.tls.caConfigMap .Values.vault.tls.caSecret }}
- name: vault-ca
  mountPath: /etc/keyferry-vault-ca
  readOnly: true
{{- end }}
{{- if .Values.vault.tls.clientSecret }}
- name: vault-client
  mountPath: /etc/keyferry-vault-client
  readOnly: true
{{- end }}
{{- if include "keyferry.runs" (dict "root" . "dialect" "vsecmsecret") }}
- name: spire-agent-socket
  mountPath: /spire-agent-socket
  readOnly: true
{{- end }}
{{- with .Values.volumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "keyferry.volumes" -}}
{{- $tls := .Values.vault.tls -}}
- name: config
  configMap:
    name: {{ include "keyferry.fullname" . }}-config
# The JVM writes here what it has to say before a crash.
- name: tmp
  emptyDir:
    sizeLimit: 64Mi
{{- with .Values.controllerManager.metrics.tls.secretName }}
- name: metrics-tls
  secret:
    secretName: {{ . }}
    defaultMode: 0440
{{- end }}
{{- if $tls.caConfigMap }}
- name: vault-ca
  configMap:
    name: {{ $tls.caConfigMap }}
{{- else if $tls.caSecret }}
- name: vault-ca
  secret:
    secretName: {{ $tls.caSecret }}
{{- end }}
{{- with $tls.clientSecret }}
- name: vault-client
  secret:
    secretName: {{ . }}
    defaultMode: 0440
{{- end }}
{{- if include "keyferry.runs" (dict "root" . "dialect" "vsecmsecret") }}
- name: spire-agent-socket
  {{- with .Values.vsecmsecret.agentSocket }}
  {{- if .csiDriver }}
  csi:
    driver: {{ .csiDriver }}
    readOnly: true
  {{- else }}
  hostPath:
    path: {{ .hostPath }}
    type: Directory
  {{- end }}
  {{- end }}
{{- end }}
{{- with .Values.volumes }}
{{ toYaml . }}
{{- end }}
{{- end }}
