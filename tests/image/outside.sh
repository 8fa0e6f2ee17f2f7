#!/usr/bin/env bash
# What CloudForet does with an inventory plugin, by a client that shares nothing with it (buf, by reflection):
# services, health, init, verify, get_tasks and a collect per task.
#   tests/image/outside.sh ADDRESS SERVICES_FILE SECRET_FILE VMS WORK
# SECRET_FILE holds the secret_data of a simulated Prism Central with VMS virtual machines.
set -euo pipefail
address=$1 services=$2 secret=$3 vms=$4 work=$5
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
buf=${PF_NODE:-build/node}/node_modules/@bufbuild/buf-linux-x64/bin/buf
inventory=spaceone.api.inventory.plugin

fail() {
    echo "outside: $*" >&2
    exit 1
}

curl_grpc() { "$buf" curl --http2-prior-knowledge --protocol grpc "$@"; }

# call METHOD REQUEST_FILE: the answer on standard output
call() { curl_grpc -d "@$2" "http://$address/$inventory.$1"; }

for ((tries = 0; tries < 150; ++tries)); do
    (: <"/dev/tcp/${address%:*}/${address##*:}") 2>/dev/null && break
    sleep 0.1
done

curl_grpc --list-services "http://$address" | sort >"$work/services"
diff "$services" "$work/services" >&2 ||
    fail "the services of this role (<) and those that reflection shows (>) differ"

echo '{}' >"$work/empty.json"
curl_grpc --schema "$root/host/cloudforet/proto/grpc/health/v1/health.proto" -d "@$work/empty.json" \
    "http://$address/grpc.health.v1.Health/Check" | jq -e '.status == "SERVING"' >/dev/null ||
    fail "health is not SERVING"

echo '{"options": {}}' >"$work/init.json"
call Collector/init "$work/init.json" | jq -e '.metadata.supported_resource_type | length > 0' >/dev/null ||
    fail "init told no supported_resource_type"

jq '{options: {}, secret_data: .}' "$secret" >"$work/secret.json"
call Collector/verify "$work/secret.json" >/dev/null || fail "verify refused the right secret"
jq '.secret_data.password = "wrong"' "$work/secret.json" >"$work/wrong.json"
! call Collector/verify "$work/wrong.json" >"$work/wrong.out" 2>&1 || fail "verify took a wrong password"
grep -q ERROR_ "$work/wrong.out" || fail "verify refused a wrong password without a code: $(<"$work/wrong.out")"

call Job/get_tasks "$work/secret.json" >"$work/tasks"
jq -e '.tasks | length > 1' "$work/tasks" >/dev/null || fail "get_tasks gave fewer than two tasks"
: >"$work/rows"
while IFS= read -r task; do
    jq --argjson task "$task" '. + {filter: {}, task_options: $task}' "$work/secret.json" >"$work/collect.json"
    call Collector/collect "$work/collect.json" >>"$work/rows" || fail "collect failed for the task $task"
done < <(jq -c '.tasks[].taskOptions' "$work/tasks")
found=$(jq -s '[.[] | select(.state == "SUCCESS" and .resourceType == "inventory.CloudService")
    | .resource | select(.cloud_service_type == "VirtualMachine")] | length' "$work/rows")
failures=$(jq -s '[.[] | select(.state == "FAILURE")] | length' "$work/rows")
[[ $found -eq $vms && $failures -eq 0 ]] ||
    fail "collected $found virtual machines of $vms, with $failures failures"
echo "outside: $(wc -l <"$work/services") services, $(jq '.tasks | length' "$work/tasks") tasks," \
    "$(jq -s length "$work/rows") rows with all $vms virtual machines"
