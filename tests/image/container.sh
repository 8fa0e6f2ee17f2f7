# shellcheck shell=bash disable=SC2034  # what functions leave is read by whoever sources this
# Sourced: runs an unpacked image by runc as Kubernetes' restricted profile would: the image's own user, a root that
# cannot be written, no capability, no new privileges. The network is the caller's, so that it can call the port.
run_root=${work:?folder for what runc keeps}/runc

# unpack_image LAYOUT TAG BUNDLE
unpack_image() {
    rm -rf "$3"
    umoci unpack --image "$1:$2" "$3" >/dev/null
}

# restrict_bundle BUNDLE [MOUNT_JSON...]: edits config.json; each further argument is a mount
restrict_bundle() {
    local bundle=$1 mounts=[]
    shift
    [[ $# -eq 0 ]] || mounts=$(printf '%s\n' "$@" | jq -s .)
    jq --argjson mounts "$mounts" '
        .process.terminal = false
        | del(.process.rlimits)
        | .process.capabilities = {}
        | .process.noNewPrivileges = true
        | .root.readonly = true
        | .linux.resources = {}
        | .linux.namespaces |= map(select(.type != "network"))
        | .mounts = [.mounts[] | select(.type != "cgroup" and .type != "sysfs")] + $mounts' \
        "$bundle/config.json" >"$bundle/config.json.new"
    mv "$bundle/config.json.new" "$bundle/config.json"
}

# set_arguments BUNDLE ARGUMENT...: other arguments behind the image's entrypoint
set_arguments() {
    local bundle=$1 arguments
    shift
    arguments=$(printf '%s\n' "$@" | jq -R . | jq -s .)
    jq --argjson arguments "$arguments" '.process.args = [.process.args[0]] + $arguments' \
        "$bundle/config.json" >"$bundle/config.json.new"
    mv "$bundle/config.json.new" "$bundle/config.json"
}

# start_container NAME BUNDLE LOG: in the background; its runc's process is in container_pid
start_container() {
    runc --root "$run_root" run --bundle "$2" "$1" >"$3" 2>&1 &
    container_pid=$!
}

# pid_in NAME: the container's first process, as the machine counts
pid_in() { runc --root "$run_root" state "$1" | jq -r .pid; }

# stop_container NAME PID: TERM, and the code it ended with in stop_code, the milliseconds in stop_ms
stop_container() {
    local begin
    begin=$(date +%s%3N)
    runc --root "$run_root" kill "$1" TERM
    stop_code=0
    wait "$2" || stop_code=$?
    stop_ms=$(($(date +%s%3N) - begin))
}
