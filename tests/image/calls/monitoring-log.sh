# shellcheck shell=bash disable=SC2154
# The calls of a source of logs: init, verify and list of a virtual machine. Sourced by outside.sh.

# shellcheck source=tests/image/data_source.sh
source "$root/tests/image/data_source.sh"
jq -e '.metadata.view.table.layout.options.fields | length > 1' "$work/init.out" >/dev/null ||
    fail "init told no fields of the log"

jq --slurpfile link "$work/link" '. + {query: $link[0], limit: 50}' "$work/secret.json" >"$work/list.json"
call Log/list "$work/list.json" >"$work/log" || fail "list failed for a virtual machine"
echo "outside: $(wc -l <"$work/services") services, $(jq -s '[.[].results[]?] | length' "$work/log") entries"
