# shellcheck shell=bash disable=SC2154
# The calls of a webhook: init, verify, and bodies that are not ours. Sourced by outside.sh.

echo '{"options": {}}' >"$work/init.json"
call Webhook/init "$work/init.json" >/dev/null || fail "init refused no options"
call Webhook/verify "$work/init.json" >/dev/null || fail "verify refused no options"
# An error would become an alert for people.
for body in '{}' '{"hello": "world"}' '{"event_type": 7, "data": [[[]]]}'; do
    jq -n --argjson body "$body" '{options: {}, data: $body}' >"$work/parse.json"
    call Event/parse "$work/parse.json" >"$work/events" || fail "parse failed for a body that is not ours: $body"
    jq -e '(.results // []) | length == 0' "$work/events" >/dev/null ||
        fail "parse made events of a body that is not ours: $body"
done
echo "outside: $(wc -l <"$work/services") services, no false alert of 3 foreign bodies"
