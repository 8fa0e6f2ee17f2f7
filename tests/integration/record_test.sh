#!/usr/bin/env bash
# prismforet record and prism-sim --replay as programs: a canary for every secret, which must show up
# nowhere; what a capture may hold; no core dump.
#   record_test.sh PRISMFORET PRISM_SIM MODULES
set -uo pipefail
export LC_ALL=C.UTF-8 # patterns match characters, whatever the machine speaks
program=${1:?usage: record_test.sh PRISMFORET PRISM_SIM MODULES}
simulator=${2:?}
modules=${3:?}
work=$(mktemp -d)
servers=()
finish() {
    local one
    for one in "${servers[@]}"; do
        kill "$one" 2>/dev/null
    done
    rm -rf -- "$work"
}
trap finish EXIT
failures=0

fail() {
    echo "not so: $*" >&2
    failures=$((failures + 1))
}

check() { # check TEXT COMMAND...
    local text=$1
    shift
    "$@" || fail "$text"
}

clean=(env -i PATH="$PATH" HOME="$work" XDG_CONFIG_HOME="$work" PRISMFORET_MODULES__DIR="$modules"
    ASAN_OPTIONS="${ASAN_OPTIONS:-}" UBSAN_OPTIONS="${UBSAN_OPTIONS:-}" "$program")
run() { "${clean[@]}" "$@"; }

simulate() { # simulate NAME ARG...: starts a simulator; its address is in $address, its pid in $!
    local name=$1 i
    shift
    "$simulator" --ca-out "$work/$name.pem" --ready-file "$work/$name.ready" "$@" \
        >"$work/$name.log" 2>&1 &
    servers+=($!)
    for ((i = 0; i < 600; i++)); do
        [[ -s $work/$name.ready ]] && break
        kill -0 "${servers[-1]}" 2>/dev/null || break
        sleep 0.05
    done
    address=$(grep -oE '127\.0\.0\.1:[0-9]+' "$work/$name.ready") || fail "no simulator $name"
}

password='canary-p4ss/w"rd%ü'
key='canary-k3y-0123456789'
(umask 077 && printf '%s\n' "$password" >"$work/password" && printf '%s\n' "$key" >"$work/key")
basic=$(printf 'admin:%s' "$password" | base64 -w0)

# Every spelling of a secret, and every cookie that was given out, in none of these files.
forbidden() { # forbidden FILE...
    local file
    for file in "$@"; do
        if grep -aqF -e canary -e "$basic" -e "${basic%%=*}" -- "$file"; then
            fail "a secret is in $(basename "$file")"
            grep -aoF -m1 -e canary -e "$basic" -- "$file" >&2
        fi
        # Cookies of the simulator are UUIDs behind this name.
        if grep -aqE 'NTNX_IGW_SESSION=' -- "$file"; then
            fail "a cookie is in $(basename "$file")"
        fi
    done
}

simulate live --vms 230 --password-file "$work/password" --api-key "$key"
live=$address
by_password=(--host "$live" --username admin --password-file "$work/password" --ca-file "$work/live.pem")
by_key=(--host "$live" --api-key-file "$work/key" --ca-file "$work/live.pem")
for name in redacted plain key; do
    case $name in
    redacted) flags=("${by_password[@]}") ;;
    plain) flags=("${by_password[@]}" --no-redact) ;;
    key) flags=("${by_key[@]}" --no-redact) ;;
    esac
    run record vm --log-level debug --out "$work/$name.ndjson" "${flags[@]}" \
        >"$work/$name.out" 2>"$work/$name.err" || fail "record $name: $(cat "$work/$name.err")"
    check "$name is for its owner only" test "$(stat -c %a "$work/$name.ndjson")" = 600
    forbidden "$work/$name.ndjson" "$work/$name.out" "$work/$name.err"
    run record --check "$work/$name.ndjson" >"$work/$name.check" 2>&1 || fail "check of $name"
done
check "--no-redact warns" grep -q '^warning: .*names, addresses' "$work/plain.err"
check "redaction does not" bash -c "! grep -q '^warning' '$work/redacted.err'"
check "check tells of redaction" grep -q '^redacted *yes' "$work/redacted.check"
check "check tells of none" grep -q '^redacted *NO' "$work/plain.check"
check "nothing on stdout" test ! -s "$work/plain.out"

# A wrong password that the server says back, and doctor: errors and logs hold none either.
run record --log-level debug --out "$work/wrong.ndjson" --host "$live" --username canary-user \
    --password-file "$work/key" --ca-file "$work/live.pem" >"$work/wrong.out" 2>"$work/wrong.err"
check "a wrong password is exit 5" test $? -eq 5
check "the user is named" grep -q canary-user "$work/wrong.err"
sed -i 's/canary-user//g' "$work/wrong.err"
forbidden "$work/wrong.ndjson" "$work/wrong.err"
run doctor --log-level debug "${by_password[@]}" >"$work/doctor.out" 2>"$work/doctor.err"
run doctor --json --log-level debug "${by_key[@]}" >"$work/doctor.json" 2>>"$work/doctor.err"
forbidden "$work/doctor.out" "$work/doctor.json" "$work/doctor.err"

# Rows by the command line: those of a replay are those of Prism, at the same address.
run collect vm -o ndjson "${by_password[@]}" >"$work/live.rows" 2>/dev/null || fail "live collect"
kill "${servers[-1]}" && wait "${servers[-1]}" 2>/dev/null
simulate replay --replay "$work/plain.ndjson" --port "${live##*:}" --password-file "$work/password"
check "the ready line tells of the capture" grep -q "capture=$work/plain.ndjson requests=" "$work/replay.ready"
run collect vm -o ndjson "${by_password[@]/live.pem/replay.pem}" >"$work/replay.rows" 2>/dev/null ||
    fail "collect from a replay"
# The last line counts milliseconds.
check "rows are equal" cmp <(head -n -1 "$work/live.rows") <(head -n -1 "$work/replay.rows")
check "there are rows" test "$(wc -l <"$work/replay.rows")" -eq 231

# A capture that cannot be replayed ends the simulator with a reason.
sed '1s/capture.1/capture\/8/' "$work/plain.ndjson" >"$work/newer.ndjson"
for bad in /nowhere/capture "$work/live.rows" "$work/newer.ndjson"; do
    timeout 60 "$simulator" --replay "$bad" >"$work/bad.out" 2>"$work/bad.err"
    check "exit 1 for $bad" test $? -eq 1
    check "a reason for $bad" grep -qE 'cannot read|no capture|in the format prismforet/capture/8' "$work/bad.err"
done

# Interrupted: what was recorded is kept, and says that it is not whole.
simulate slow --vms 2000 --latency-ms 200 --password-file "$work/password"
"${clean[@]}" record vm --out "$work/cut.ndjson" --host "$address" --username admin \
    --password-file "$work/password" --ca-file "$work/slow.pem" 2>"$work/cut.err" &
recorder=$!
for ((i = 0; i < 600; i++)); do
    draft=$(compgen -G "$work/cut.ndjson.*" | head -n 1)
    [[ -n $draft && $(wc -l <"$draft") -gt 4 ]] && break
    sleep 0.05
done
limits=$(cat "/proc/$recorder/limits" 2>/dev/null)
kill -TERM "$recorder" # a shell lets its background jobs ignore SIGINT
wait "$recorder"
check "terminated is exit 143" test $? -eq 143
check "no core may be written" grep -qE '^Max core file size +0 +0 ' <<<"$limits"
run record --check "$work/cut.ndjson" >"$work/cut.check" 2>&1
check "an interrupted capture is partial" test $? -eq 3
check "it says so" grep -q '^whole *no: the collection was partial or interrupted' "$work/cut.check"
check "no draft is left" bash -c "! compgen -G '$work/cut.ndjson.*'"

[[ $failures -eq 0 ]] || exit 1
echo "all good"
