# shellcheck shell=bash disable=SC2154
# The calls of a source of logs: init, verify and list of a virtual machine and of its
# cluster. Sourced by outside.sh.

# shellcheck source=tests/image/data_source.sh
source "$root/tests/image/data_source.sh"
jq -e '.metadata.view.table.layout.options.fields | length > 1' "$work/init.out" >/dev/null ||
    fail "init told no fields of the log"

list() { # list LINK_FILE: what is told of one resource
    jq --slurpfile link "$1" '. + {query: $link[0], limit: 50}' "$work/secret.json" >"$work/list.json"
    call Log/list "$work/list.json" | jq -s '[.[].results[]?] | length'
}

list "$work/link" >"$work/vm.count" || fail "list failed for a virtual machine"
jq '{entity_type: "cluster", entity_uuid: .cluster_uuid, cluster_uuid, prism_central}' "$work/link" >"$work/cluster"
entries=$(list "$work/cluster") || fail "list failed for a cluster"
[[ $entries -gt 0 ]] || fail "a cluster has no events, though the simulator lets things happen"
echo "outside: $(wc -l <"$work/services") services, $entries entries"
