# shellcheck shell=bash disable=SC2154
# The calls of cost analysis: init, verify, get_tasks, and a get_data per task. Sourced by outside.sh.

jq -n '{options: {secret_type: "MANUAL", backfill_months: 1,
    cost_model: {currency: "EUR", rate_card: {vcpu_hour: 0.05, memory_gib_hour: 0.01}}}}' >"$work/init.json"
call DataSource/init "$work/init.json" | jq -e '.metadata.currency == "EUR"' >/dev/null ||
    fail "init told another currency than the cost model's"

jq --slurpfile secret "$secret" '. + {secret_data: $secret[0]}' "$work/init.json" >"$work/secret.json"
call DataSource/verify "$work/secret.json" >/dev/null || fail "verify refused the right secret"
jq '.secret_data.password = "wrong"' "$work/secret.json" >"$work/wrong.json"
! call DataSource/verify "$work/wrong.json" >"$work/wrong.out" 2>&1 || fail "verify took a wrong password"
grep -q ERROR_ "$work/wrong.out" || fail "verify refused a wrong password without a code: $(<"$work/wrong.out")"

call Job/get_tasks "$work/secret.json" >"$work/tasks"
# The month before this one has closed days on every day of the year.
jq -e '(.tasks | length >= 1) and (.changed | length == 1)
    and (.changed[0].filter["additional_info.account"] | length > 0)' "$work/tasks" >/dev/null ||
    fail "get_tasks gave no task, or no window with an account: $(<"$work/tasks")"
: >"$work/rows"
while IFS= read -r task; do
    jq --argjson task "$task" '. + {task_options: $task}' "$work/secret.json" >"$work/data.json"
    call Cost/get_data "$work/data.json" >>"$work/rows" || fail "get_data failed for the task $task"
done < <(jq -c '.tasks[].taskOptions' "$work/tasks")
account=$(jq -r '.changed[0].filter["additional_info.account"]' "$work/tasks")
wrong=$(jq -s --arg account "$account" '[.[].results[]? | select(.additionalInfo.account != $account
    or (.billedDate | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") | not) or .provider != "nutanix")] | length' "$work/rows")
machines=$(jq -s '[.[].results[]? | select(.usageType == "vcpu") | .resource] | unique | length' "$work/rows")
[[ $wrong -eq 0 && $machines -gt 0 ]] ||
    fail "records of $machines machines, $wrong of them without account, date or provider"
echo "outside: $(wc -l <"$work/services") services, $(jq '.tasks | length' "$work/tasks") tasks," \
    "$(jq -s '[.[].results[]?] | length' "$work/rows") records of $machines machines"
