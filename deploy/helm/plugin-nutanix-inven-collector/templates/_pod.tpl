{{/* Parts of a pod that are the same for what serves and for `watch`; a comment names the member they stand in. */}}

{{/* spec */}}
{{- define "plugin.pod" -}}
serviceAccountName: {{ include "plugin.serviceAccount" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  {{- with get .Values.security "runAsUser" }}
  runAsUser: {{ . | int64 }}
  runAsGroup: {{ . | int64 }}
  {{- end }}
  {{- with get .Values.security "fsGroup" }}
  fsGroup: {{ . | int64 }}
  {{- end }}
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* spec; some of it may be empty */}}
{{- define "plugin.nodes" -}}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* spec.containers[] */}}
{{- define "plugin.program" -}}
image: {{ include "plugin.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- with .Values.extraEnv }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* spec.containers[] */}}
{{- define "plugin.confined" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}
