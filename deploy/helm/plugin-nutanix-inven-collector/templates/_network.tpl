{{/* Rules of network policies that are the same for what serves and for `watch`. */}}

{{- define "plugin.statusCallers" -}}
{{- if .Values.status.callers }}
{{- toYaml .Values.status.callers }}
{{- else -}}
- podSelector: {}
{{- end }}
{{- end }}

{{/* DNS, Prism Centrals, and what the values name besides */}}
{{- define "plugin.egress" -}}
- ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
- to:
    {{- range .Values.networkPolicy.prism.cidrs }}
    - ipBlock:
        cidr: {{ . | quote }}
    {{- end }}
  ports:
    {{- range .Values.networkPolicy.prism.ports }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
{{- with .Values.networkPolicy.extraEgress }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end }}
