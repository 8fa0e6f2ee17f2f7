#!/usr/bin/env bash
# The whole path on one machine, as ./dev demo shows it: a simulated Prism Central behind TLS, the plugin
# server with the inventory role, and a client that knows nothing but the port, as CloudForet is one.
#   tests/demo/run.sh BUILD_FOLDER [--keep]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

bin=${1:?usage: run.sh BUILD_FOLDER [--keep]}/bin
keep=${2:-}
vms=500 clusters=4 latency_ms=20 rows_shown=12
inventory=spaceone.api.inventory.plugin

umask 077
work=$(mktemp -d "${TMPDIR:-/tmp}/prismforet-demo.XXXXXX")
sim_pid='' serve_pid=''

# A server gets ten seconds to drain, then it is ended for good.
finish() {
    local pid tries
    trap - EXIT INT TERM
    for pid in $serve_pid $sim_pid; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in $serve_pid $sim_pid; do
        for ((tries = 0; tries < 100; ++tries)); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf -- "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '%s\n' "$*"; }

step() { # step NAME TEXT...: one line of what has happened
    printf '  %-10s %s\n' "$1" "${*:2}"
}

fail() { # fail TEXT [LOG]: with the end of a log, which says why
    printf 'demo: %s\n' "$1" >&2
    if [[ -n ${2:-} && -s $2 ]]; then
        printf 'demo: the end of its log:\n' >&2
        tail -n 20 -- "$2" | sed 's/^/    /' >&2
    fi
    exit 1
}

wait_for() { # wait_for NAME PID LOG COMMAND...: until COMMAND succeeds; 30 s at most, or its death
    local name=$1 pid=$2 log=$3 tries
    shift 3
    for ((tries = 0; tries < 600; ++tries)); do
        "$@" && return
        kill -0 "$pid" 2>/dev/null || fail "$name ended before it was ready" "$log"
        sleep 0.05
    done
    fail "$name was not ready after 30 s" "$log"
}

json() { # json MODE FILE: see json.awk
    awk -v mode="$1" -f "$here/json.awk" "$2"
}

start_simulator() {
    # A new password each time: whoever else is on this machine cannot ask the simulator.
    od -An -N12 -tx1 /dev/urandom | tr -d " \n" >"$work/password"
    "$bin/prism-sim" --port 0 --vms "$vms" --clusters "$clusters" --latency-ms "$latency_ms" \
        --ca-out "$work/ca.pem" --password-file "$work/password" \
        >"$work/sim.out" 2>"$work/sim.log" &
    sim_pid=$!
    wait_for prism-sim "$sim_pid" "$work/sim.log" grep -qs '^prism-sim ready https://' "$work/sim.out"
    local line
    line=$(grep -m1 '^prism-sim ready https://' "$work/sim.out")
    prism=${line#prism-sim ready https://}
    prism=${prism%% *}
    prism=${prism%/}
    step prism-sim "https://$prism, $vms VMs in $clusters clusters, $latency_ms ms away, TLS by its own CA"
}

start_server() {
    "$bin/prismforet" serve --listen 127.0.0.1:0 --ready-file "$work/ready" \
        >"$work/serve.log" 2>&1 &
    serve_pid=$!
    wait_for "prismforet serve" "$serve_pid" "$work/serve.log" test -s "$work/ready"
    server=$(grep -om1 'grpc://[^ ",]*' "$work/ready") ||
        fail "the ready file of prismforet serve names no grpc:// address: $(<"$work/ready")"
    server=${server#grpc://}
    step serve "grpc://$server, role inventory"
}

# Requests go through files of a private folder: a secret on a command line can be seen by everybody.
write_requests() {
    local secret
    secret=$(printf '{"host": "%s", "port": %d, "username": "admin", "password": %s, "ca_cert": %s}' \
        "${prism%:*}" "${prism##*:}" "$(json string "$work/password")" "$(json string "$work/ca.pem")")
    printf '{"options": {}}' >"$work/init.json"
    printf '{"options": {}, "secret_data": %s}' "$secret" >"$work/secret.json"
    printf '{"options": {}, "secret_data": %s, "filter": {}}' "$secret" >"$work/collect.0.json"
}

call() { # call METHOD REQUEST_FILE OUTPUT_FILE [OPTION...]
    local method=$1 request=$2 output=$3
    shift 3
    "$bin/prismforet" call "$server" "$inventory.$method" -d "@$request" "$@" \
        >"$output" 2>"$output.err" && return
    cat "$output.err" >&2
    fail "$method failed" "$work/serve.log"
}

# One request per task; a plugin without tasks is asked once for everything, as CloudForet does it.
write_task_requests() {
    local task n=0
    while IFS= read -r task; do
        n=$((n + 1))
        printf '%s, "task_options": %s}' "$(sed 's/}$//' "$work/collect.0.json")" "$task" \
            >"$work/collect.$n.json"
    done < <(json tasks "$work/tasks.out")
    tasks=$n
    if [[ $tasks -eq 0 ]]; then
        cp "$work/collect.0.json" "$work/collect.1.json"
        tasks=1
    fi
}

# The rows end at the first empty line; behind it are the counts and the ledger.
show_rows() {
    awk -v limit="$rows_shown" '
        FNR == 1 { body = 1; heading = 1 }
        /^$/ { body = 0 }
        !body { next }
        heading { heading = 0; if (!titles++) print "  " $0; next }
        { total++; if (total <= limit) print "  " $0 }
        END { if (total > limit) printf "  ... and %d more\n", total - limit }' "$@"
}

show_ledgers() {
    local n
    for ((n = 1; n <= tasks; ++n)); do
        say "  task $n of $tasks:"
        awk 'behind { print "    " $0 } /^$/ { behind = 1 }' "$work/rows.$n"
    done
}

main() {
    local n outputs=() begin=$SECONDS
    for n in prism-sim prismforet; do
        [[ -x $bin/$n ]] || fail "$bin/$n is missing; ./dev build makes it"
    done
    say "The path: Prism over TLS -> module vm behind the C ABI -> gRPC plugin server -> a client"
    start_simulator
    start_server
    write_requests
    call Collector/init "$work/init.json" "$work/init.out"
    step init "the plugin said what it collects"
    call Collector/verify "$work/secret.json" "$work/verify.out"
    step verify "Prism accepts the secret"
    call Job/get_tasks "$work/secret.json" "$work/tasks.out"
    write_task_requests
    step get_tasks "$tasks tasks"
    for ((n = 1; n <= tasks; ++n)); do
        call Collector/collect "$work/collect.$n.json" "$work/rows.$n" -o table
        outputs+=("$work/rows.$n")
    done
    step collect "$tasks of $tasks tasks in $((SECONDS - begin)) s"
    say ""
    show_rows "${outputs[@]}"
    say ""
    say "The ledger: what Prism counted, what went out, and what did not"
    show_ledgers
    say ""
    next_steps
    [[ $keep == --keep ]] || return 0
    say ""
    say "Both servers keep running; requests with the secret are in $work. Ctrl-C ends them."
    wait -n "$sim_pid" "$serve_pid" || true
    fail "a server ended" "$work/serve.log"
}

next_steps() {
    say "Next:"
    if [[ $keep == --keep ]]; then
        say "  1. Ask it yourself:  build/release/bin/prismforet call $server spaceone.core.v1.Plugin/init"
    else
        say "  1. Ask it yourself:  ./dev demo --keep, and in another terminal prismforet call"
    fi
    say "  2. Your own Prism:   build/release/bin/prismforet collect vm --help"
    say "  3. Add a module:     README.md, \"Add a module\""
}

main
