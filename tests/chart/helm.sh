#!/usr/bin/env bash
# What needs a real helm: lints the chart, and renders every set of good values to what ./dev chart has rendered.
# With --install also installs it into the cluster of the current context, waits until it is ready, and removes it:
#   tests/chart/helm.sh FOLDER [--install IMAGE_REPOSITORY IMAGE_TAG]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=$(realpath "${1:?usage: helm.sh FOLDER [--install REPOSITORY TAG]; FOLDER is what ./dev chart has filled}")
chart=$root/deploy/helm/plugin-nutanix-inven-collector
namespace=cloudforet-plugin

for values in "$here"/good/*.yaml; do
    name=$(basename "$values" .yaml)
    helm lint --strict "$chart" --values "$values"
    helm template nutanix "$chart" --namespace "$namespace" --kube-version 1.30.0 --values "$values" \
        >"$folder/$name.helm.yaml"
    node "$here/check_manifests.mjs" "$folder/$name.helm.yaml"
    node "$here/same_pods.mjs" "$folder/$name.yaml" "$folder/$name.helm.yaml"
done
for values in "$here"/bad/*.yaml; do
    if helm template nutanix "$chart" --values "$values" >/dev/null 2>&1; then
        echo "helm takes the bad values of $values" >&2
        exit 1
    fi
done

if [[ ${2:-} == --install ]]; then
    helm install nutanix "$chart" --namespace "$namespace" --create-namespace --wait --timeout 3m \
        --set image.repository="$3" --set-string image.tag="$4" --set image.pullPolicy=IfNotPresent
    kubectl --namespace "$namespace" exec deployment/nutanix -- \
        /usr/bin/prismforet call 127.0.0.1:50051 spaceone.core.v1.Plugin/init
    helm uninstall nutanix --namespace "$namespace" --wait
fi
