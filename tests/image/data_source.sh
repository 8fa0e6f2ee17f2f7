# shellcheck shell=bash disable=SC2154
# What both data sources of monitoring answer alike; leaves init.out, secret.json and link, the
# data.nutanix_monitoring of a virtual machine, in $work. Sourced by their calls.

echo '{"options": {}}' >"$work/init.json"
call DataSource/init "$work/init.json" >"$work/init.out" || fail "init refused no options"
jq -e '.metadata.required_keys == ["data.nutanix_monitoring"]' "$work/init.out" >/dev/null ||
    fail "init told another link than the rows have"

jq '{options: {}, secret_data: .}' "$secret" >"$work/secret.json"
call DataSource/verify "$work/secret.json" >/dev/null || fail "verify refused the right secret"
jq '.secret_data.password = "wrong"' "$work/secret.json" >"$work/wrong.json"
! call DataSource/verify "$work/wrong.json" >"$work/wrong.out" 2>&1 || fail "verify took a wrong password"
grep -q ERROR_ "$work/wrong.out" || fail "verify refused a wrong password without a code: $(<"$work/wrong.out")"

curl -ksS -u "$(jq -r '"\(.username):\(.password)"' "$secret")" \
    "https://$(jq -r '"\(.host):\(.port)"' "$secret")/api/vmm/v4.0/ahv/config/vms?\$limit=1" >"$work/vms" ||
    fail "the simulator lists no virtual machines"
jq -e '.data[0] | {entity_type: "vm", entity_uuid: .extId, cluster_uuid: .cluster.extId, prism_central: ""}' \
    "$work/vms" >"$work/link" || fail "the simulator has no virtual machine"
