# shellcheck shell=bash disable=SC2154
# The calls of a source of metrics: init, verify, list and get_data of a virtual machine. Sourced by outside.sh.

# shellcheck source=tests/image/data_source.sh
source "$root/tests/image/data_source.sh"
jq -e '.metadata.supported_stat | length == 5' "$work/init.out" >/dev/null || fail "init told no five statistics"

jq --slurpfile link "$work/link" '. + {query: $link[0]}' "$work/secret.json" >"$work/list.json"
call Metric/list "$work/list.json" >"$work/metrics" || fail "list failed for a virtual machine"
jq -e '[.metrics[].key] | index("cpu_utilization") != null and index("memory_utilization") != null' \
    "$work/metrics" >/dev/null || fail "a virtual machine has no cpu_utilization or memory_utilization"
jq --slurpfile link "$work/link" --arg from "$(date -u -d '-2 hours' +%FT%TZ)" --arg to "$(date -u -d '-1 hour' +%FT%TZ)" \
    '. + {metric: "cpu_utilization", metric_query: {"cloud-svc-1": $link[0]}, start: $from, "end": $to, period: 300}' \
    "$work/secret.json" >"$work/data.json"
call Metric/get_data "$work/data.json" >"$work/data" || fail "get_data failed for a virtual machine"
jq -e '(.labels | length >= 12) and (.values["cloud-svc-1"] | length) == (.labels | length)
    and ([.values["cloud-svc-1"][] | numbers | select(. >= 0 and . <= 100)] | length > 0)' "$work/data" >/dev/null ||
    fail "get_data gave no percentages on one grid: $(head -c 600 "$work/data")"
echo "outside: $(wc -l <"$work/services") services, $(jq '.metrics | length' "$work/metrics") metrics," \
    "$(jq '[.values[][] | numbers] | length' "$work/data") values at $(jq '.labels | length' "$work/data") times"
