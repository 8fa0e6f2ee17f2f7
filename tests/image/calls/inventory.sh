# shellcheck shell=bash disable=SC2154
# The calls of the inventory: init, verify, get_tasks, and a collect per task. Sourced by outside.sh.

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
