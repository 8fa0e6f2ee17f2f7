#!/usr/bin/env bash
# get, describe, render, overview, diff and collect of several kinds, as programs against a simulator.
#   console_test.sh PRISMFORET PRISM_SIM MODULES
set -uo pipefail
export LC_ALL=C.UTF-8 # patterns match characters, whatever the machine speaks
program=${1:?usage: console_test.sh PRISMFORET PRISM_SIM MODULES}
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

run() {
    env -i PATH="$PATH" HOME="$work" XDG_CONFIG_HOME="$work" TZ=UTC \
        PRISMFORET_MODULES__DIR="$modules" ASAN_OPTIONS="${ASAN_OPTIONS:-}" \
        UBSAN_OPTIONS="${UBSAN_OPTIONS:-}" "$program" "$@"
}

expect() { # expect CODE ARG...: output in $work/out and $work/err
    local code=$1 got=0
    shift
    run "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
    if [[ $got -ne $code ]]; then
        fail "exit $got instead of $code: $*"
        cat "$work/err" >&2
    fi
}

has() { grep -qE -- "$2" "$work/$1" || { fail "no '$2' on std$1" && head -n 40 "$work/$1" >&2; }; }
has_not() { ! grep -qE -- "$2" "$work/$1" || fail "'$2' is on std$1"; }

simulate() { # simulate NAME ARG...: starts a simulator; its address is in $address
    local name=$1 i
    shift
    "$simulator" --ca-out "$work/$name.pem" --ready-file "$work/$name.ready" --password-file "$work/password" \
        "$@" >"$work/$name.log" 2>&1 &
    servers+=($!)
    for ((i = 0; i < 600; i++)); do
        [[ -s $work/$name.ready ]] && break
        kill -0 "${servers[-1]}" 2>/dev/null || break
        sleep 0.05
    done
    address=$(grep -oE '127\.0\.0\.1:[0-9]+' "$work/$name.ready") || fail "no simulator $name"
}

(umask 077 && echo 'nutanix/4u' >"$work/password")
simulate one --vms 60 --seed 7
one=(--host "$address" --username admin --password-file "$work/password" --ca-file "$work/one.pem")

# get: the console's columns, in the console's order, in every form.
expect 0 get vm "${one[@]}"
has out '^Name +Power State +vCPU +Memory'
has err '^60 rows . complete'
check "all rows are there" test "$(wc -l <"$work/out")" -eq 61
check "they are in the order of their names" \
    cmp -s <(tail -n +2 "$work/out" | awk '{print $1}') <(tail -n +2 "$work/out" | awk '{print $1}' | LC_ALL=C sort)
name=$(sed -n 2p "$work/out" | awk '{print $1}')
expect 0 get vm -o wide "${one[@]}"
has out 'IP Addresses.*Categories'
for form in json yaml ndjson csv; do
    expect 0 get vm -o "$form" "${one[@]}"
    check "$form has every row" test "$(grep -cE 'AHV.*VirtualMachine|cloud_service_type: VirtualMachine|[0-9a-f]-[0-9a-f]{12},' "$work/out")" -ge 60
done
expect 0 get vm "$name" --no-headers --columns name,reference.resource_id "${one[@]}"
check "one row by name" test "$(wc -l <"$work/out")" -eq 1
read -r _ id <"$work/out"
expect 0 get vm "${id^^}" --no-headers --columns name "${one[@]}"
check "the same by id, in any case" test "$(cat "$work/out")" = "$name"
expect 1 get vm "$name" nowhere-at-all "${one[@]}"
has err 'error\[ERROR_NOT_FOUND\]: there is no resource with the name or id nowhere-at-all'
has out "^$name "

# --filter, --since and -o name: what is wanted, however it is shown.
expect 0 get vm -o name "${one[@]}"
check "a name on each line" cmp -s "$work/out" <(run get vm --no-headers --columns name "${one[@]}" 2>/dev/null)
cp "$work/out" "$work/names"
expect 0 get vm -o ndjson --out "$work/all" "${one[@]}"
cores=$(head -n -1 "$work/all" | grep -oE '"core\\?":[0-9]+' | cut -d: -f2 | sort -n | sed -n 30p)
expect 0 get vm -o name --filter "vCPU>$cores" "${one[@]}"
cp "$work/out" "$work/more"
expect 0 get vm -o name --filter "data.hardware.core<=$cores" "${one[@]}"
check "some are below" test -s "$work/out"
check "each is on one side" cmp -s <(sort "$work/out" "$work/more") <(sort "$work/names")
expect 0 get vm -o name --filter 'Power State=running' --filter "name=$name" "${one[@]}"
cp "$work/out" "$work/running"
expect 0 get vm -o name --filter 'Power State!=RUNNING' --filter "name=$name" "${one[@]}"
check "the title of a state is as good as its code" test "$(cat "$work/out" "$work/running")" = "$name"
expect 0 collect vm -o ndjson --since 2000-01-01 --out "$work/since" "${one[@]}"
has err '^60 rows . complete'
check "the summary tells what was asked for" \
    grep -qF '"selection":["Created At>=2000-01-01T00:00:00Z"]' "$work/since"
expect 3 diff "$work/all" "$work/since"
has err 'since is not whole: it was collected for these only: Created At>='
expect 0 collect vm host -o name --since 2100-01-01 "${one[@]}"
check "nothing was created in the future" test ! -s "$work/out"
has err '^warning: nothing tells when these were created, so --since leaves them out: host$'
expect 2 get host --since 1d "${one[@]}"
has err 'nothing tells when a resource of kind host was created'
expect 2 get vm --filter 'Memroy>1GiB' "${one[@]}"
has err "did you mean 'Memory'"
expect 2 get vm --filter 'Memory>1' "${one[@]}"
has err 'try: a size needs a unit'
expect 2 get vm --filter Memory "${one[@]}"
has err 'is no condition'

expect 2 get vn "${one[@]}"
has err "did you mean 'vm'"
expect 2 get vm --columns Memroy "${one[@]}"
has err "did you mean 'Memory'"

# describe: everything about one.
expect 0 describe vm "$name" "${one[@]}"
has out "^AHV virtual machine $name$"
has out "^  ID +$id$"
has out '^  Power State +(Running|Stopped|Suspended|Pending)$'
has out '^  disks:$'
expect 0 describe vm "$id" -o json "${one[@]}"
has out "\"resource_id\":\"$id\""
expect 1 describe vm nowhere-at-all --out "$work/nothing" "${one[@]}"
check "no file about nothing" test ! -e "$work/nothing"

# render: every tab, with something in it for some VM.
expect 0 render vm "$name" "${one[@]}"
has_not err '^warning'
tabs=$(grep -c '^== ' "$work/out")
check "there are tabs" test "$tabs" -ge 6
mapfile -t ids < <(run get vm --no-headers --columns reference.resource_id "${one[@]}" 2>/dev/null)
expect 0 render vm "${ids[@]}" "${one[@]}"
awk '/^== /{sub(/ \([0-9,]+\) ==$/, " =="); tab = $0; seen[tab] = seen[tab] + 0; next} /^\(nothing\)$/{next} NF && tab{seen[tab]++}
     END{for (tab in seen) if (!seen[tab]) print tab}' "$work/out" >"$work/empty"
check "no tab is always empty: $(tr '\n' ' ' <"$work/empty")" test ! -s "$work/empty"
expect 0 render vm "$name" --html "$work/page.html" "${one[@]}"
check "nothing on stdout" test ! -s "$work/out"
check "a page" grep -q '^<!DOCTYPE html>$' "$work/page.html"
check "a section for each tab" test "$(grep -c '^<section id=' "$work/page.html")" -eq "$tabs"
check "nothing from outside" bash -c "! grep -qiE '<script|<link|<img|src=|url\(|@import' '$work/page.html'"
expect 1 render vm nowhere-at-all --html "$work/nothing.html" "${one[@]}"
check "no page about nothing" test ! -e "$work/nothing.html"

# overview: counts that add up.
expect 0 overview "${one[@]}"
has out '^AHV virtual machine +60 +complete +Running [0-9]+'
expect 0 overview vm -o json "${one[@]}"
has out '"kind":"vm","title":"AHV virtual machine".*"count":60,"result":"complete"'

# collect of everything, twice: equal, whatever the order.
expect 0 collect -o ndjson --out "$work/a" "${one[@]}"
expect 0 collect -o ndjson --out "$work/b" --option page_size=7 --option sessions=1 "${one[@]}"
expect 0 diff "$work/a" "$work/b"
check "nothing differs" test ! -s "$work/out"
expect 0 diff "$work/b" <(head -n -1 "$work/a" | LC_ALL=C sort -r && tail -n 1 "$work/a")
expect 0 collect -o csv "${one[@]}"
has out '^Name,Resource ID,'

# Another Prism Central: different. The same one, cut: not to be known.
simulate two --vms 60 --seed 8
two=(--host "$address" --username admin --password-file "$work/password" --ca-file "$work/two.pem")
expect 0 collect vm -o ndjson --out "$work/other" "${two[@]}"
expect 1 diff "$work/a" "$work/other"
expect 0 collect vm -o ndjson --limit 20 --out "$work/limited" "${one[@]}"
expect 0 collect vm -o ndjson --out "$work/vms" "${one[@]}"
expect 3 diff "$work/vms" "$work/limited"
has err 'limited is not whole: the collection is limited'
has out '^only in A'
has_not out '^removed'

# Partial: what arrived is shown, it is said, and the exit code is 3.
simulate broken --vms 250 --seed 7 --fault 'status-500@1:path=ahv/config/vms'
broken=(--host "$address" --username admin --password-file "$work/password" --ca-file "$work/broken.pem")
expect 3 overview vm "${broken[@]}"
has out '^AHV virtual machine +[0-9]+ +partial'
has err '^warning: missing vm: '
expect 3 get vm "$name" nowhere-at-all "${broken[@]}"
has err 'nowhere-at-all.*in what arrived, and not all arrived'
has_not err 'ERROR_NOT_FOUND'

[[ $failures -eq 0 ]] || exit 1
echo "all good"
