#!/usr/bin/env bash
# The images as users get them, without Docker and without a registry: builds them from the Dockerfile, looks at what
# is in them, runs them as a restricted container, and calls them from outside against the simulator's image.
#   tests/image/run.sh FOLDER [--staged TREE] [IMAGE...]     see build.sh; ./dev image does all of it
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=$(realpath -m "${1:?usage: run.sh FOLDER [--staged TREE] [IMAGE...]}")
vms=40

fail() {
    echo "image: $*" >&2
    exit 1
}

for tool in buildah skopeo umoci runc mmdebstrap jq ip unshare node; do
    command -v "$tool" >/dev/null || fail "$tool is missing; './dev packages image' names what is needed"
done
[[ $(id -u) -eq 0 ]] || fail "run as root: building in a chroot and runc need it"

# The containers' port is fixed, so they get a network of their own, with nothing but loopback.
if [[ ${PF_IMAGE_NETWORK:-} != own ]]; then
    "$here/build.sh" "$@"
    PF_IMAGE_NETWORK=own exec unshare --net "${BASH_SOURCE[0]}" "$@"
fi
ip link set lo up
shift
[[ ${1:-} != --staged ]] || shift 2
wanted=("$@")

umask 022
work=$(mktemp -d)
containers=()
# shellcheck source=tests/image/container.sh
source "$here/container.sh"
finish() {
    local name
    for name in "${containers[@]}"; do
        runc --root "$run_root" delete --force "$name" >/dev/null 2>&1 || true
    done
    rm -rf -- "$work"
}
trap finish EXIT

version=$(sed -n 's/^project(prismforet VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
layout=$folder/images

wait_for_line() { # wait_for_line PATTERN FILE PID: 30 s at most
    local tries
    for ((tries = 0; tries < 300; ++tries)); do
        grep -qs -- "$1" "$2" && return
        kill -0 "$3" 2>/dev/null || break
        sleep 0.1
    done
    cat "$2" >&2
    fail "no line '$1' in what it said, which is above"
}

start_simulator() {
    unpack_image "$layout" prism-sim "$work/sim"
    "$here/contents.sh" "$layout" prism-sim "$work/sim/rootfs" "" "$version" 9440
    install -d -m 0777 "$work/shared"
    restrict_bundle "$work/sim" "{\"destination\": \"/shared\", \"type\": \"bind\", \"source\": \"$work/shared\",
        \"options\": [\"bind\", \"rw\"]}"
    set_arguments "$work/sim" --listen 127.0.0.1 --port 9440 --vms "$vms" --clusters 2 --ca-out /shared/ca.pem
    containers+=(sim)
    start_container sim "$work/sim" "$work/sim.log"
    sim_pid=$container_pid
    wait_for_line '^prism-sim ready' "$work/sim.log" "$sim_pid"
    jq -n --rawfile ca "$work/shared/ca.pem" \
        '{host: "127.0.0.1", port: 9440, username: "admin", password: "nutanix/4u", ca_cert: $ca}' \
        >"$work/secret.json"
}

# What the kernel says of the running process: user, capabilities, and a root that is read-only.
check_process() { # check_process NAME
    local pid
    pid=$(pid_in "$1")
    [[ $(awk '/^Uid:/ { print $2, $3, $4 }' "/proc/$pid/status") == "65532 65532 65532" ]] ||
        fail "$1 does not run as 65532"
    [[ $(awk '/^CapEff:/ { print $2 }' "/proc/$pid/status") =~ ^0+$ ]] || fail "$1 has capabilities"
    [[ $(awk '$5 == "/" { print $6 }' "/proc/$pid/mountinfo") == ro* ]] || fail "$1 can write to its root"
}

# run_role IMAGE ROLE FORM [MOUNT]: starts, calls, ends
run_role() {
    local image=$1 role=$2 name=$1-$3 bundle=$work/$1-$3
    unpack_image "$layout" "$image" "$bundle"
    restrict_bundle "$bundle" "${@:4}"
    containers+=("$name")
    mkdir "$work/$name.calls"
    start_container "$name" "$bundle" "$work/$name.log"
    local pid=$container_pid
    wait_for_line '^prismforet ready' "$work/$name.log" "$pid"
    check_process "$name"
    "$here/outside.sh" 127.0.0.1:50051 "$here/services/$role" "$work/secret.json" "$vms" \
        "$work/$name.calls" || {
        tail -n 20 "$work/$name.log" >&2
        fail "$name does not do what CloudForet needs; the end of its log is above"
    }
    stop_container "$name" "$pid"
    [[ $stop_code -eq 0 && $stop_ms -le 5000 ]] || fail "$name ended with $stop_code after $stop_ms ms, not with 0"
    ! grep -qF 'nutanix/4u' "$work/$name.log" || fail "$name wrote the password into its log"
    echo "image: $name: uid 65532, no capability, read-only root; ended with 0 after $stop_ms ms"
}

start_simulator
# What runs below reads standard input, so the list has a descriptor of its own.
checked=0
while read -r -u 3 image role; do
    [[ ${#wanted[@]} -eq 0 || " ${wanted[*]} " == *" $image "* ]] || continue
    [[ -f $here/services/$role ]] || fail "$here/services/$role must list the services of the role $role"
    unpack_image "$layout" "$image" "$work/look"
    "$here/contents.sh" "$layout" "$image" "$work/look/rootfs" "$role" "$version" 50051
    # With a place for private copies of modules, as the chart gives it, and without any.
    run_role "$image" "$role" tmp '{"destination": "/tmp", "type": "tmpfs", "source": "tmpfs",
        "options": ["nosuid", "nodev", "mode=1777"]}'
    run_role "$image" "$role" bare
    checked=$((checked + 1))
done 3< <(grep -v '^#' "$root/deploy/image/roles")
expected=${#wanted[@]}
[[ $expected -gt 0 ]] || expected=$(grep -vc '^#' "$root/deploy/image/roles")
[[ $checked -eq $expected ]] || fail "checked $checked images of $expected (${wanted[*]:-all})"
stop_container sim "$sim_pid"
[[ $stop_code -eq 0 ]] || fail "the simulator ended with $stop_code"
echo "image: $checked plugin image(s) and the simulator: all is well"
