#!/usr/bin/env bash
# Runs libFuzzer targets one after the other, each for a while, and sums up what they found. Called by
# ./dev fuzz: run.sh BUILD SECONDS TARGET...
set -euo pipefail

build=$1 seconds=$2
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# What one input may take: more is a finding, too.
longest_input=10      # seconds
most_memory=2048      # MiB
export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_leaks=1

stat_of() { # stat_of NAME LOG: a line of libFuzzer's -print_final_stats
    sed -nE "s/^stat::$1: *([0-9]+)$/\1/p" "$2" | tail -n 1
}

coverage_of() { # coverage_of LOG: edges reached, from the last line of progress
    sed -nE 's/^#[0-9]+.* cov: ([0-9]+) .*$/\1/p' "$1" | tail -n 1
}

run_target() { # run_target NAME: false when it found something
    local name=$1 code=0
    local corpus=$build/corpus/$name findings=$build/findings/$name log=$build/log/$name.log
    local options=(-max_total_time="$seconds" -timeout="$longest_input" -rss_limit_mb="$most_memory"
        -artifact_prefix="$findings/" -print_final_stats=1)
    [[ ! -f $here/dict/$name.dict ]] || options+=(-dict="$here/dict/$name.dict")
    mkdir -p "$corpus" "$findings" "$build/log"
    "$build/fuzz/fuzz_$name" "${options[@]}" "$corpus" "$here/corpus/$name" \
        </dev/null >"$log" 2>&1 || code=$?
    printf '%-14s %10s inputs %7s/s %6s edges  %s\n' "$name" \
        "$(stat_of number_of_executed_units "$log")" "$(stat_of average_exec_per_sec "$log")" \
        "$(coverage_of "$log")" "$([[ $code -eq 0 ]] && echo 'nothing found' || echo FOUND)"
    [[ $code -eq 0 ]] && return
    grep -a -m 1 -A 12 -E '^(broken invariant|==[0-9]+==|.*runtime error)' "$log" | sed 's/^/    /' || true
    sed -nE 's/^.*Test unit written to (.*)$/    input: \1/p' "$log"
    printf '    log: %s\n' "$log"
    return 1
}

found=()
for name in "$@"; do
    run_target "$name" || found+=("$name")
done
[[ ${#found[@]} -eq 0 ]] || {
    echo "found something: ${found[*]}; tests/fuzz/README.md says what to do with it" >&2
    exit 1
}
