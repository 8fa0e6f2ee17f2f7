#!/usr/bin/env bash
# What only a real CloudForet shows: registers this plugin there twice, lets CloudForet collect, and compares what it has
# then with what Prism Central has. Makes and changes things there: take a domain for trying.
#   tests/real/cloudforet.sh [--register-only] CONFIG IMAGE_PREFIX PROJECT
# CONFIG is a prismforet.yaml with `cloudforet` and one target. WORKSPACE_TOKEN_FILE holds the token of its workspace,
# unless --register-only is given. Needs jq. PRISMFORET names the program, build/release/bin/prismforet otherwise.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
prismforet=${PRISMFORET:-$root/build/release/bin/prismforet}

fail() {
    echo "cloudforet: $*" >&2
    exit 1
}

register_only=false
if [[ ${1:-} == --register-only ]]; then
    register_only=true
    shift
fi
[[ $# -eq 3 ]] || fail "usage: $0 [--register-only] CONFIG IMAGE_PREFIX PROJECT"
config=$1 prefix=$2 project=$3
$register_only || [[ -r ${WORKSPACE_TOKEN_FILE:-} ]] ||
    fail "WORKSPACE_TOKEN_FILE must name a file with the token of the workspace"

register() { "$prismforet" --config "$config" register --image-prefix "$prefix" --activate --project "$project" "$@"; }

register --dry-run -o json | jq -e '.steps | length > 0' >/dev/null || fail "the plan has no steps"
register || fail "register did not end well; it says what to do, and can be repeated"
register --dry-run -o json | jq -e '[.steps[] | select(.action == "create" or .action == "update")] == []' >/dev/null ||
    fail "a second run would change something again"
echo "cloudforet: registered; a second run changes nothing"
if $register_only; then exit 0; fi

identity=$("$prismforet" --config "$config" config show -o json | jq -er '.cloudforet.identity') ||
    fail "cloudforet.identity is not in $config"
# call ADDRESS METHOD REQUEST: with the token of the workspace
call() { "$prismforet" call "$1" "spaceone.api.$2" -d "$3" --metadata "token=@$WORKSPACE_TOKEN_FILE"; }
inventory=$(call "$identity" identity.v2.Endpoint/list '{"endpoint_type": "INTERNAL"}' |
    jq -er '.results[] | select(.service == "inventory") | (.internal_endpoint // .endpoint)') ||
    fail "identity does not say where inventory is"
# Without a path, which gRPC has no use for.
[[ $inventory =~ ^([a-z+]*://)?[^/]* ]] && inventory=${BASH_REMATCH[0]}

collector=$(call "$inventory" inventory.v1.Collector/list '{}' |
    jq -er '[.results[] | select(.name == "Nutanix")][0].collector_id') || fail "there is no collector named Nutanix"
job=$(call "$inventory" inventory.v1.Collector/collect "{\"collector_id\": \"$collector\"}" | jq -er .job_id) ||
    fail "the collector did not start"
for ((tries = 0; tries < 360; ++tries)); do
    state=$(call "$inventory" inventory.v1.Job/get "{\"job_id\": \"$job\"}" | jq -r '.status // .state')
    [[ $state == CREATED || $state == IN_PROGRESS ]] || break
    sleep 5
done
[[ $state == SUCCESS ]] || fail "job $job ended with $state; CloudForet's console shows its errors"

seen=$(call "$inventory" inventory.v1.CloudService/list \
    '{"provider": "nutanix", "cloud_service_group": "AHV", "cloud_service_type": "VirtualMachine", "query": {"count_only": true}}' |
    jq -er .total_count) || fail "CloudForet does not count virtual machines"
known=$("$prismforet" --config "$config" collect vm -o name | wc -l)
[[ $seen -eq $known ]] || fail "CloudForet has $seen virtual machines, Prism Central $known"
echo "cloudforet: job $job is a success; CloudForet has all $known virtual machines"
