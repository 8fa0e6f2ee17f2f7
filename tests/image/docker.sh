#!/usr/bin/env bash
# What needs a real Docker: runs an image as Kubernetes' restricted profile would, beside the simulator's, calls it
# from outside, and ends it. run.sh does the same where there is no Docker.
#   tests/image/docker.sh IMAGE SIMULATOR_IMAGE ROLE
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
image=${1:?usage: docker.sh IMAGE SIMULATOR_IMAGE ROLE} simulator=$2 role=$3
vms=40
export PF_NODE=${PF_NODE:-$root/build/node}

work=$(mktemp -d)
network=prismforet-test-$$
restricted=(--read-only --cap-drop ALL --security-opt no-new-privileges --network "$network")
finish() {
    docker rm --force "$network-sim" "$network-plugin" >/dev/null 2>&1 || true
    docker network rm "$network" >/dev/null 2>&1 || true
    rm -rf -- "$work"
}
trap finish EXIT

if [[ ! -d $PF_NODE/node_modules ]]; then
    mkdir -p "$PF_NODE"
    cp "$root"/tests/node/package*.json "$PF_NODE/"
    (cd "$PF_NODE" && npm ci --ignore-scripts --no-audit --no-fund)
fi

docker network create "$network" >/dev/null
install -d -m 0777 "$work/shared" "$work/calls"
docker run --detach --name "$network-sim" --network-alias simulator "${restricted[@]}" \
    --volume "$work/shared:/shared" "$simulator" --listen 0.0.0.0 --port 9440 --san simulator \
    --vms "$vms" --clusters 2 --ca-out /shared/ca.pem >/dev/null
docker run --detach --name "$network-plugin" "${restricted[@]}" --tmpfs /tmp \
    --publish 127.0.0.1::50051 "$image" >/dev/null
for ((tries = 0; tries < 300; ++tries)); do
    [[ ! -s $work/shared/ca.pem ]] || break
    sleep 0.1
done
jq -n --rawfile ca "$work/shared/ca.pem" \
    '{host: "simulator", port: 9440, username: "admin", password: "nutanix/4u", ca_cert: $ca}' >"$work/secret.json"
"$here/outside.sh" "$(docker port "$network-plugin" 50051/tcp | head -n 1)" "$here/services/$role" \
    "$work/secret.json" "$vms" "$work/calls" || {
    docker logs "$network-plugin" >&2
    exit 1
}
[[ $(docker inspect --format '{{.Config.User}}' "$network-plugin") == 65532:65532 ]]
docker stop --time 10 "$network-plugin" >/dev/null
[[ $(docker inspect --format '{{.State.ExitCode}}' "$network-plugin") == 0 ]] || {
    echo "docker: $image did not end with 0 after SIGTERM" >&2
    exit 1
}
echo "docker: $image runs restricted, answers, and ends with 0"
