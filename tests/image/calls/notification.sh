# shellcheck shell=bash disable=SC2154
# The calls of a notification protocol: init, verify, and a dispatch that arrives over the network. Sourced by outside.sh.

echo '{"options": {"format": "slack"}}' >"$work/init.json"
call Protocol/init "$work/init.json" >"$work/init.out" || fail "init refused the format slack"
jq -e '.metadata.data_type == "SECRET" and .metadata.data.schema.required == ["url"]' "$work/init.out" >/dev/null ||
    fail "init told no form of a channel: $(cat "$work/init.out")"
call Protocol/verify "$work/init.json" >/dev/null || fail "verify refused good options"

# Takes one POST, keeps its body, and ends.
cat >"$work/receiver.mjs" <<'END'
import { createServer } from 'node:http';
import { writeFileSync, renameSync } from 'node:fs';
const [, , port, body] = process.argv;
const server = createServer((request, answer) => {
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
        writeFileSync(body, text);
        answer.end('ok');
        server.close();
        server.closeAllConnections?.();
    });
});
server.listen(0, '127.0.0.1', () => {
    writeFileSync(port + '.new', String(server.address().port));
    renameSync(port + '.new', port);
});
END
rm -f "$work/port" "$work/body"
node "$work/receiver.mjs" "$work/port" "$work/body" &
receiver=$!
for ((tries = 0; tries < 150; ++tries)); do
    [[ -s $work/port ]] && break
    sleep 0.1
done
jq -n --arg url "http://127.0.0.1:$(cat "$work/port")/hook" '{options: {format: "slack"},
    message: {title: "Disk failed", description: "Disk 3 of host h1"}, notification_type: "ERROR",
    channel_data: {url: $url}}' >"$work/dispatch.json"
call Notification/dispatch "$work/dispatch.json" >/dev/null || fail "dispatch did not deliver"
wait "$receiver"
jq -e '.text | contains("Disk failed")' "$work/body" >/dev/null || fail "what arrived is not the notification"

# Addresses of clouds' metadata are refused before anything is sent.
jq '.channel_data.url = "http://169.254.169.254/latest"' "$work/dispatch.json" >"$work/metadata.json"
if call Notification/dispatch "$work/metadata.json" >/dev/null 2>"$work/refusal"; then
    fail "dispatch delivered to a metadata address"
fi
grep -q ERROR_OUTBOUND_ADDRESS "$work/refusal" || fail "the refusal does not say why: $(cat "$work/refusal")"
echo "outside: $(wc -l <"$work/services") services, 1 notification of $(wc -c <"$work/body") bytes arrived"
