{{- define "plugin.name" -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- end }}

{{- define "plugin.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: {{ .Values.role }}
{{- end }}

{{- define "plugin.labels" -}}
{{ include "plugin.selector" . }}
{{ include "plugin.origin" . }}
{{- end }}

{{- define "plugin.origin" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: prismforet
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "plugin.image" -}}
{{- $repository := required "image.repository is empty: set it to where you have pushed the image, e.g. registry.example.com/cloudforet/plugin-nutanix-inven-collector" .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{ $repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ $repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{- define "plugin.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "plugin.name" .) -}}
{{- end }}

{{/* The configuration file: it takes the place of the image's own. */}}
{{- define "plugin.config" -}}
{{ include "plugin.config.serve" . }}
{{ include "plugin.config.common" . }}
{{- end }}

{{- define "plugin.config.serve" -}}
serve:
  roles: [{{ .Values.role }}]
  grpc: 0.0.0.0:50051
  drain: {{ .Values.drainSeconds }}s
  {{- if .Values.status.enabled }}
  status: 0.0.0.0:{{ .Values.status.port }}
  {{- end }}
{{- end }}

{{/* What every process is told: log, modules, Prism Centrals. */}}
{{- define "plugin.config.common" -}}
log:
  level: {{ .Values.log.level }}
  format: {{ .Values.log.format }}
modules:
  enable: {{ toJson .Values.modules }}
  {{- with .Values.moduleConfig }}
  config:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- if .Values.targets }}
{{- $secret := required "targets are set, but existingSecret is empty: name the Secret whose keys hold their credentials" .Values.existingSecret }}
targets:
  {{- range .Values.targets }}
  - name: {{ .name | quote }}
    url: {{ .url | quote }}
    auth:
      {{- if hasKey . "apiKeyKey" }}
      api_key_file: /run/secrets/prismforet/{{ .apiKeyKey }}
      {{- else }}
      username: {{ .username | quote }}
      password_file: /run/secrets/prismforet/{{ .passwordKey }}
      {{- end }}
    {{- if hasKey . "caKey" }}
    tls:
      ca_file: /run/secrets/prismforet/{{ .caKey }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
