#!/usr/bin/env bash
# What only the whole program shows: exit codes, what goes to which stream, broken pipes, signals.
#   program_test.sh PROGRAM
set -uo pipefail
export LC_ALL=C.UTF-8 # patterns match characters, whatever the machine speaks
program=${1:?usage: program_test.sh PROGRAM}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
failures=0

# Nothing of the machine's own configuration may reach the program.
run() {
    env -i PATH="$PATH" HOME="$work" XDG_CONFIG_HOME="$work" \
        ASAN_OPTIONS="${ASAN_OPTIONS:-}" UBSAN_OPTIONS="${UBSAN_OPTIONS:-}" "$program" "$@"
}

expect() { # expect CODE STREAM PATTERN ARG...: STREAM is out, err, or - for nothing to look for
    local code=$1 stream=$2 pattern=$3 got=0
    shift 3
    run "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
    if [[ $got -ne $code ]]; then
        echo "exit $got instead of $code: $*" >&2
        cat "$work/err" >&2
        failures=$((failures + 1))
    elif [[ $stream != - ]] && ! grep -qE -- "$pattern" "$work/$stream"; then
        echo "no '$pattern' on std$stream: $*" >&2
        cat "$work/$stream" >&2
        failures=$((failures + 1))
    fi
}

check() { # check TEXT COMMAND...
    local text=$1
    shift
    "$@" || {
        echo "not so: $text" >&2
        failures=$((failures + 1))
    }
}

# Every command has its help, on standard output.
for command in "" serve collect get describe render overview diff doctor record call register secret "secret create" cost "cost model" "cost model check" modules "modules list" "modules inspect" queue "queue list" "queue retry" "queue forget" notify "notify test" watch "config show" validate \
    schema explain man version; do
    # shellcheck disable=SC2086  # the words of a command
    expect 0 out '^Usage: |^  -h,--help' $command --help
done
expect 0 out '^prismforet [0-9]+\.[0-9]+\.[0-9]+' --version
expect 0 out '"schema": "prismforet/v1"' version --json
expect 0 out '^\.TH PRISMFORET 1' man
for command in serve collect get describe render overview diff doctor record call register "secret create" modules "queue list"; do
    check "the manual names $command" grep -q "^\.SS \"$command\"" <(run man)
done
expect 0 out '"additionalProperties": false' schema config
expect 0 out 'prismforet/module/1' schema module
expect 0 out 'page_size' schema options
expect 0 out 'report of prismforet doctor' schema doctor
expect 0 out 'prismforet cost model' schema cost-model
expect 0 out 'try: ' explain ERROR_TLS
expect 2 err "did you mean 'ERROR_TLS'" explain ERROR_TSL

# Cost models: a file, what the configuration names, what is wrong with one.
printf 'currency: EUR\nrate_card: {vcpu_hour: 0.050, memory_gib_hour: 0.01, storage_gib_month: 0.1}\n' >"$work/cost.yaml"
printf 'cost: {model: %s}\n' "$work/cost.yaml" >"$work/with-cost.yaml"
expect 0 out '^rate_cards\[rate card\]\.vcpu_hour +0\.05$' cost model check "$work/cost.yaml"
expect 0 out '"vcpu_hour": "0.05"' --config "$work/with-cost.yaml" cost model check -o json
printf 'currency: EUR\nrate_card:\n  vcpu_huor: 1\n' >"$work/cost.yaml"
expect 78 err 'error\[ERROR_COST_MODEL\]: .*cost.yaml:3: rate_card.vcpu_huor: unknown key' cost model check "$work/cost.yaml"
expect 78 err 'ERROR_COST_MODEL_MISSING' cost model check

# The queue: where it is, what is not there, what is no outbox.
expect 2 err 'set notify.queue or watch.state, or name the' queue list
expect 1 err 'error\[ERROR_OUTBOX_FILE\]' queue list --file "$work/none.db"
printf 'notify: {queue: %s/outbox.db}\n' "$work" >"$work/with-state.yaml"
expect 1 err "the outbox $work/outbox.db is not there" --config "$work/with-state.yaml" queue retry --all
printf 'no outbox' >"$work/outbox.db"
expect 1 err 'error\[ERROR_OUTBOX_CORRUPT\]' queue forget --all --file "$work/outbox.db"
rm "$work/outbox.db"

# Wrong use.
expect 2 err '^Usage:'
expect 2 err "did you mean 'collect'" colect
expect 2 err 'try: prismforet collect --help' collect --nonsense
expect 2 err '' collect -o xml
expect 2 err '--filter: 1 required CONDITION missing' collect --filter
for command in collect get; do
    for flag in filter since columns sort-by no-headers output; do
        expect 0 out "--$flag" $command --help
        check "the manual has --$flag of $command" grep -q "^\.B .*\\\\-\\\\-${flag//-/\\\\-}" \
            <(run man | sed -n "/^\.SS \"$command\"/,/^\.SS \"/{p}")
    done
done
expect 2 err 'ERROR_TARGET' collect
expect 2 err 'unknown key' collect --option nonsense=1 --host h -u u
expect 2 err '' collect --host h --secret-file f
expect 2 err 'KIND is required' get
expect 2 err 'NAME is required' describe vm
expect 2 err 'NAME is required' render vm
expect 2 err 'ERROR_TARGET' get vm
expect 2 err 'ERROR_TARGET' overview
expect 2 err 'B is required' diff a
expect 2 err '' diff a b -o xml
expect 2 err 'which method' call localhost:1
expect 2 err 'ERROR_LISTEN_ADDRESS' serve --listen nonsense
expect 2 err 'serve.roles' serve --role metrics
expect 6 err 'ERROR_CONNECT' call 127.0.0.1:1 a.B/c
expect 2 err 'image-prefix ORGANISATION' register
expect 2 err 'project ID' register --image-prefix a --activate --identity 127.0.0.1:1
expect 2 err '' register --image-prefix a --project p
expect 1 err 'ERROR_CLOUDFORET_ENDPOINT' register --image-prefix a --no-dashboards
expect 6 err 'ERROR_CLOUDFORET_UNAVAILABLE' register --image-prefix a --no-dashboards --identity 127.0.0.1:1
expect 2 err 'NAME is required' secret create
expect 2 err 'standard input' secret create s

# Configuration.
printf 'log:\n  levl: info\n' >"$work/bad.yaml"
expect 78 err 'bad.yaml:2: log.levl: unknown key' validate "$work/bad.yaml"
check "nothing on stdout" test ! -s "$work/out"
expect 78 err 'ERROR_CONFIG' serve --config "$work/missing.yaml"
printf 'targets:\n  - name: a\n    url: h\n    auth: {username: u, password: topsecret1}\n' >"$work/good.yaml"
expect 0 err 'good.yaml: good' validate --offline "$work/good.yaml"
expect 0 out "good.yaml:2" config show --origin --config "$work/good.yaml"
check "no secret is shown" bash -c "! grep -q topsecret1 '$work/out' '$work/err'"
expect 0 out '"origin": "default"' config show --json
expect 4 err 'strict' validate --offline --strict "$work/good.yaml"
refers() { # refers CODE PATTERN LINE...: what `validate --offline` says about a file with these lines
    local code=$1 pattern=$2
    shift 2
    printf '%s\n' "$@" >"$work/refers.yaml"
    expect "$code" err "$pattern" validate --offline "$work/refers.yaml"
}
auth='    auth: {username: u, password_file: '$work/secret'}'
(umask 077 && echo topsecret2 >"$work/secret")
refers 0 'refers.yaml: good' 'targets:' '  - name: a' '    url: h' "$auth"
refers 78 'refers.yaml:5: targets\[0\].tls: .*nowhere' 'targets:' '  - name: a' '    url: h' "$auth" \
    '    tls: {ca_file: /nowhere/ca.pem}'
refers 78 'refers.yaml:.*password_file.*nowhere' 'targets:' '  - name: a' '    url: h' \
    '    auth: {username: u, password_file: /nowhere/pw}'
refers 78 "modules.enable: vn is not installed.*|did you mean 'vm'" 'modules: {enable: [vn]}'
refers 78 "did you mean 'vm'" 'collect: {kinds: [vn]}'
refers 78 'serve.grpc' 'serve: {grpc: nonsense}'
refers 0 'there is no module wm' 'modules: {config: {wm: {}}}'
check "nothing on stdout" test ! -s "$work/out"
printf 'targets:\n  - name: a\n    url: 127.0.0.1:1\n%s\n' "$auth" >"$work/dead.yaml"
expect 6 err 'target a: port 1: the connection was refused' validate "$work/dead.yaml"

# Doctor and record, where there is nothing to talk to.
expect 6 out '^next: tcp of a: ' doctor --config "$work/dead.yaml"
expect 6 out '"verdict": "fail"' doctor --json --config "$work/dead.yaml"
expect 2 err 'no target is named b' doctor -t b --config "$work/dead.yaml"
expect 2 err 'timeout' doctor --timeout 0 --config "$work/dead.yaml"
expect 0 out '^this installation' doctor
expect 0 out '^  todo +network ' doctor --production
expect 0 out 'to do by hand$' doctor --production
expect 0 out '"clear_secrets"' doctor --production --json
check "what was not asked for is not in the report" test "$(run doctor --json | grep -c '"production"')" -eq 0
printf 'targets:\n  - name: a\n    url: 127.0.0.1:1\n    auth: {username: u, password: c4n4ry-Passw0rd}\n' \
    >"$work/clear.yaml"
expect 6 out 'clear.yaml:4: targets\[0\].auth.password' doctor --production --config "$work/clear.yaml"
check "the password itself is not shown" test "$(grep -c c4n4ry "$work/out" "$work/err" | grep -vc ':0$')" -eq 0
expect 2 err 'out FILE' record
expect 2 err 'ERROR_TARGET' record --out "$work/c"
expect 1 err 'ERROR_OUTPUT' record --out /nowhere/c --config "$work/dead.yaml"
expect 6 err 'ERROR_PRISM_UNREACHABLE' record --out "$work/c" --config "$work/dead.yaml"
check "no capture of nothing" test ! -e "$work/c"
expect 1 err 'no capture' record --check "$work/good.yaml"

# Two collections.
row() { # row ID DATA: a line as collect writes it
    printf '{"name":"vm-%s","provider":"nutanix","cloud_service_group":"AHV","cloud_service_type":"VM",' "$1"
    printf '"account":"a","reference":{"resource_id":"%s"},"data":%s}\n' "$1" "$2"
}
whole='{"schema":"prismforet/v1","summary":{"complete":true}}'
cut='{"schema":"prismforet/v1","summary":{"complete":false,"reasons":["ERROR_X: pc1 is down"]}}'
{ row 1 '{"n":1}' && row 2 '{}' && echo "$whole"; } >"$work/a"
{ row 2 '{}' && row 1 '{"n":1}' && echo "$whole"; } >"$work/shuffled"
{ row 1 '{"n":2}' && row 3 '{}' && echo "$whole"; } >"$work/b"
{ row 1 '{"n":1}' && echo "$cut"; } >"$work/cut"
expect 0 err '^0 created . 0 removed . 0 changed . 2 equal$' diff "$work/a" "$work/shuffled"
check "nothing differs on stdout" test ! -s "$work/out"
expect 1 out '^ +data.n: 1 -> 2$' diff "$work/a" "$work/b"
check "one is created" grep -q '^created +AHV/VM  vm-3  3$' -E "$work/out"
check "one is removed" grep -q '^removed +AHV/VM  vm-2  2$' -E "$work/out"
expect 1 out '"verdict":"different"' diff "$work/a" "$work/b" -o json
expect 3 err 'cut is not whole: ERROR_X: pc1 is down' diff "$work/a" "$work/cut"
check "what is missing is not called removed" grep -q '^only in A  AHV/VM  vm-2  2$' "$work/out"
expect 2 err 'ERROR_COLLECTION_FILE' diff "$work/a" /nowhere/b
expect 2 err 'line 1 is no JSON object' diff "$work/a" "$program"
run diff - "$work/b" --ignore data.n <"$work/a" >"$work/out" 2>"$work/err"
check "standard input is one of two" test $? -eq 1
check "ignored keys do not count" test "$(wc -l <"$work/out")" -eq 2

# Modules.
mkdir "$work/modules"
printf 'modules: {dir: %s}\n' "$work/modules" >"$work/none.yaml"
expect 0 - '' --config "$work/none.yaml" modules list
printf 'modules: {dir: %s, enable: [vm]}\n' "$work/modules" >"$work/absent.yaml"
expect 7 err 'ERROR_MODULE_UNAVAILABLE' --config "$work/absent.yaml" modules list
expect 7 out 'modules +vm: |module vm|ERROR_MODULE_UNAVAILABLE' --config "$work/absent.yaml" doctor

# A server: ready, found, drained by a signal; a client that stops reading.
"$program" serve --config "$work/none.yaml" --listen 127.0.0.1:0 --ready-file "$work/ready" \
    2>"$work/log" &
server=$!
for ((i = 0; i < 600; i++)); do
    [[ -s $work/ready ]] && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.05
done
read -r role address url <"$work/ready"
check "the ready file names the role" test "$role" = inventory
check "the ready file names the address" test "$url" = "grpc://$address"
check "the ready line is on stderr" grep -q "^prismforet ready inventory grpc://$address$" "$work/log"
expect 0 out '"metadata"' call "$address" spaceone.core.v1.Plugin/init
expect 0 out 'Collector/collect' call "$address" --list
expect 2 err '' call "$address" Collector/nonsense
expect 2 err 'ERROR_REQUEST_JSON' call "$address" spaceone.core.v1.Plugin/init -d '{"nonsense": 1}'
run call "$address" --list 2>"$work/err" | head -n 1 >/dev/null
check "a closed pipe is no error" test "${PIPESTATUS[0]}" -eq 0
check "a closed pipe is not told" test ! -s "$work/err"
expect 1 err 'ERROR_READY_FILE' serve --config "$work/none.yaml" \
    --listen 127.0.0.1:0 --ready-file /nowhere/ready
kill -TERM "$server"
wait "$server"
check "a drained server ends with 0" test $? -eq 0

[[ $failures -eq 0 ]] || exit 1
echo "all good"
