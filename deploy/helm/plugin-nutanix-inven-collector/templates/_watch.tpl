{{/* Names and configuration of `prismforet watch`. */}}

{{/* Kubernetes labels the pods of a StatefulSet with its name and a hash of ten letters: 63 in all. */}}
{{- define "watch.name" -}}
{{- printf "%s-watch" (.Release.Name | trunc 46 | trimSuffix "-") -}}
{{- end }}

{{- define "watch.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: watch
{{- end }}

{{- define "watch.labels" -}}
{{ include "watch.selector" . }}
{{ include "plugin.origin" . }}
{{- end }}

{{- define "watch.claim" -}}
{{- .Values.watch.state.existingClaim | default (include "watch.name" .) -}}
{{- end }}

{{/* Refuses, in words, what would start and then fail or tell nothing. */}}
{{- define "watch.check" -}}
{{- $watch := .Values.watch }}
{{- if not .Values.targets }}
{{- fail "watch is enabled, but targets are empty: name the Prism Centrals that it shall collect from" }}
{{- end }}
{{- if not (or $watch.cloudforet.identity $watch.cloudforet.endpoints) }}
{{- fail "watch is enabled, but watch.cloudforet.identity is empty: give CloudForet's address, e.g. grpc://identity:50051" }}
{{- end }}
{{- if not $watch.cloudforet.existingSecret }}
{{- fail "watch is enabled, but watch.cloudforet.existingSecret is empty: name the Secret whose keys hold CloudForet's token and the webhook's access key" }}
{{- end }}
{{- $alerts := get $watch.config "alerts" }}
{{- if not (or (get $watch.config "rules") $alerts) }}
{{- fail "watch is enabled, but watch.config has neither rules nor alerts: it would tell nothing" }}
{{- end }}
{{- range (get $watch.config "rules" | default list) }}
{{- if not (or (get . "to") (get $watch.config "to")) }}
{{- fail (printf "watch.config.rules: %s tells nobody; give it a `to`, or give watch.config.to for all rules" .name) }}
{{- end }}
{{- end }}
{{- $hasWebhook := and $watch.cloudforet.webhookKey (get ($alerts | default dict) "webhook_id") }}
{{- if not (or $watch.cloudforet.tokenKey (and $hasWebhook (not (get $watch.config "rules")))) }}
{{- fail "watch.cloudforet.tokenKey is empty: only alerts that go through a webhook are taken without a token" }}
{{- end }}
{{- with $alerts }}
{{- if and (eq .via "webhook") (not $hasWebhook) }}
{{- fail "watch.config.alerts: via webhook needs webhook_id, and in watch.cloudforet.webhookKey the key of the Secret that holds its access key" }}
{{- end }}
{{- if not (or $hasWebhook (get . "service_id")) }}
{{- fail "watch.config.alerts: via alert needs service_id, or webhook_id with watch.cloudforet.webhookKey" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "watch.config" -}}
{{- $watch := .Values.watch -}}
serve:
  status: 0.0.0.0:{{ .Values.status.port }}
{{ include "plugin.config.common" . }}
{{- with $watch.collect }}
collect:
  {{- toYaml . | nindent 2 }}
{{- end }}
cloudforet:
  {{- with $watch.cloudforet.identity }}
  identity: {{ . | quote }}
  {{- end }}
  {{- with $watch.cloudforet.endpoints }}
  endpoints:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if $watch.cloudforet.outside }}
  outside: true
  {{- end }}
  {{- with $watch.cloudforet.tokenKey }}
  token_file: /run/secrets/cloudforet/{{ . }}
  {{- end }}
{{- $own := deepCopy $watch.config }}
{{- $_ := set $own "state" "/var/lib/prismforet/watch.db" }}
{{- if and (get $own "alerts") $watch.cloudforet.webhookKey }}
{{- $_ := set $own.alerts "access_key_file" (printf "/run/secrets/cloudforet/%s" $watch.cloudforet.webhookKey) }}
{{- end }}
watch:
  {{- toYaml $own | nindent 2 }}
{{- end }}
