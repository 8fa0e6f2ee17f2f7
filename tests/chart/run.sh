#!/usr/bin/env bash
# The chart, the kustomize base, compose.yaml and the workflows, without a cluster and without helm: rendered, held
# against the schemas of Kubernetes and the profile "restricted"; good values pass, bad ones are refused in words.
#   tests/chart/run.sh FOLDER     for what is built; PF_NODE names the folder with npm's packages. ./dev chart does it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=$(realpath -m "${1:?usage: run.sh FOLDER}")
chart=$root/deploy/helm/plugin-nutanix-inven-collector
version=$(sed -n 's/^project(prismforet VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
problems=0

complain() {
    echo "chart: $*" >&2
    problems=$((problems + 1))
}

build_renderer() {
    mkdir -p "$folder"
    [[ -z $(gofmt -l "$here/render") ]] || complain "tests/chart/render/main.go is not as gofmt writes it"
    (cd "$here/render" && GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$folder/go-cache \
        go build -o "$folder/render" .)
}

render() { "$folder/render" "$chart" "$@"; }

# checked WORD VALUES_FILE: what helm does before it installs; documents or notes on standard output
checked() {
    render values "$2" | node "$here/check_values.mjs" "$chart/values.schema.json" >&2 && render "$1" "$2"
}

# check_notes NAME KIND WORDS: the notes have the words if the documents have the kind, and only then
check_notes() {
    local has_kind=0 has_words=0
    grep -q "^kind: $2$" "$folder/$1.yaml" && has_kind=1
    grep -q "$3" "$folder/$1.notes" && has_words=1
    [[ $has_kind -eq $has_words ]] || complain "$1: kind $2: $has_kind, but '$3' in the notes: $has_words"
}

check_good() {
    local file name count=0
    for file in "$here"/good/*.yaml; do
        name=$(basename "$file" .yaml)
        if checked documents "$file" >"$folder/$name.yaml" &&
            node "$here/check_manifests.mjs" "$folder/$name.yaml" >/dev/null &&
            checked notes "$file" >"$folder/$name.notes"; then
            check_notes "$name" Deployment "supervisor starts plugins itself"
            check_notes "$name" StatefulSet "prismforet queue list"
        else
            complain "$name: good values are refused"
        fi
        count=$((count + 1))
    done
    [[ $count -ge 8 ]] || complain "only $count sets of good values"
    echo "chart: $count sets of good values"
}

check_bad() {
    local file words count=0
    for file in "$here"/bad/*.yaml; do
        words=$(sed -n '1s/^# says: //p' "$file")
        [[ -n $words ]] || complain "$file: the first line must be '# says: WORDS'"
        if checked documents "$file" >/dev/null 2>"$folder/refusal"; then
            complain "$file: bad values are taken"
        elif ! grep -qF -- "$words" "$folder/refusal"; then
            complain "$file: refused without saying '$words', but: $(<"$folder/refusal")"
        fi
        count=$((count + 1))
    done
    [[ $count -ge 6 ]] || complain "only $count sets of bad values"
    echo "chart: $count sets of bad values"
}

# refused CHANGE NAME: the checks see a change to good documents
refused() {
    sed "$1" "$folder/$2.yaml" >"$folder/changed.yaml"
    ! cmp -s "$folder/changed.yaml" "$folder/$2.yaml" || complain "$2: '$1' changes nothing"
    ! node "$here/check_manifests.mjs" "$folder/changed.yaml" >/dev/null 2>&1 ||
        complain "$2: documents changed by '$1' are taken"
}

# The checks see what they are for: one change at a time.
check_checks() {
    local change
    for change in 's/runAsNonRoot: true/runAsNonRoot: false/' 's/drop: \[ALL\]/drop: []/' \
        's/type: RuntimeDefault/type: Unconfined/' 's/emptyDir:/hostPath:/' 's/replicas: 2/replicas: two/' \
        's/allowPrivilegeEscalation: false/allowPrivilegeEscalation: true/' 's/^kind: Service$/kind: Servce/' \
        's/readOnlyRootFilesystem: true/readOnlyRootFilesystem: false/' 's/drain: 25s/drain: 90s/' \
        's/targetPort: grpc/targetPort: web/' 's/cpu: 500m/gpu: 1/' 's/:0.9.0$/:latest/'; do
        refused "$change" defaults
    done
    for change in 's/replicas: 1/replicas: 2/' 's/args: \[watch\]/args: [serve]/' 's/path: .readyz/path: \/ready/' \
        's/failureThreshold: 60/failureThreshold: 3/' 's/Parallel/OrderedReady/' 's/claimName: .*/claim: none/' \
        's/persistentVolumeClaim:/emptyDir: {}/; /claimName:/d' 's/status: 0.0.0.0:8080/status: 127.0.0.1:8080/' \
        's/state: .var.lib/state: \/tmp/' 's/serviceName: .*/serviceName: none/' 's/storage: 1Gi/storage: [1]/' \
        's/password_file: .*/password: in-clear/' 's/token_file: .*/token_file: \/etc\/token/' \
        's/mountPath: .run.secrets.cloudforet/&\n              subPath: token/' 's/cpu: 500m/gpu: 1/' \
        's/^kind: NetworkPolicy/kind: PodDisruptionBudget/; s/podSelector:/selector:/'; do
        refused "$change" watch
    done
}

check_versions() { # one version everywhere
    local file
    for file in "$chart/Chart.yaml" "$root/deploy/kustomize/base/deployment.yaml" \
        "$root/deploy/kustomize/watch/statefulset.yaml" "$root/compose.yaml" "$root/Dockerfile"; do
        grep -q "[:= ]$version" "$file" || complain "$file does not have the version $version"
    done
    [[ $(grep -c "^ARG VERSION=$version$" "$root/Dockerfile") -eq $(grep -c "^ARG VERSION=" "$root/Dockerfile") ]] ||
        complain "Dockerfile: an ARG VERSION is not $version"
}

# check_overlay OVERLAY NAME: it is what the chart makes of the good values NAME
check_overlay() {
    kubectl kustomize "$root/deploy/kustomize/$1" >"$folder/kustomize-$1.yaml"
    node "$here/check_manifests.mjs" "$folder/kustomize-$1.yaml" >/dev/null || complain "kustomize/$1: see above"
    node "$here/same_pods.mjs" "$folder/$2.yaml" "$folder/kustomize-$1.yaml" ||
        complain "kustomize/$1 is not the chart with the values good/$2.yaml"
}

check_kustomize() {
    check_overlay example defaults
    check_overlay example-watch watch
}

check_compose() {
    docker-compose --file "$root/compose.yaml" --project-directory "$root" config --quiet ||
        complain "compose.yaml does not fit its schema"
    node "$here/check_compose.mjs" "$root" "$version" || complain "compose.yaml: see above"
}

check_workflows() {
    local file change
    for file in "$root"/.github/workflows/*.yml; do
        node "$here/check_workflow.mjs" "$file" || complain "$file: see above"
    done
    for change in 's/runs-on:/run-on:/' 's/@[0-9a-f]\{40\}.*/@v4/' 's/^permissions:/defaults:/' \
        's/persist-credentials: false/persist-credentials: true/' 's/timeout-minutes: .*/continue-on-error: false/'; do
        sed "$change" "$root/.github/workflows/ci.yml" >"$folder/changed.yml"
        ! node "$here/check_workflow.mjs" "$folder/changed.yml" >/dev/null 2>&1 ||
            complain "a workflow changed by '$change' is taken"
    done
}

check_watch_values() {
    local schema=$chart/values.schema.json source=$root/host/app/watch_config.cpp
    node "$here/check_watch_values.mjs" "$source" "$schema" || complain "watch.config: see above"
    sed 's/"identity.User", //' "$schema" >"$folder/changed.json"
    ! node "$here/check_watch_values.mjs" "$source" "$folder/changed.json" >/dev/null 2>&1 ||
        complain "a schema that lacks identity.User is taken"
}

build_renderer
check_watch_values
check_good
check_bad
check_checks
check_versions
check_kustomize
check_compose
check_workflows
yamllint --strict --config-file "$here/yamllint.yaml" "$root/compose.yaml" "$root/.github" "$root/deploy/kustomize" \
    "$root/deploy/compose" "$chart/values.yaml" "$chart/Chart.yaml" "$here/good" "$here/bad" || complain "yamllint"
[[ $problems -eq 0 ]] || {
    echo "chart: $problems problem(s)" >&2
    exit 1
}
echo "chart: chart, kustomize, compose.yaml and workflows are in order"
