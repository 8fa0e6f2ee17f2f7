#!/usr/bin/env bash
# shellcheck disable=SC2016  # backquotes are what is looked for
# docs/unverified.md promises: each switch it names exists, each reading the simulator marks with [U] is on
# it, and each test it names uses the switch's field.
set -euo pipefail
# shellcheck source=cmake/lint/files.sh
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"

page=docs/unverified.md simulator=tests/prism_sim/README.md problems=0
[[ -f $page && -f $simulator ]] || finish_check readings 0
[[ -f $page && -f $simulator ]] || exit 0

complain() {
    echo "$1" >&2
    problems=$((problems + 1))
}

# The rows of a table that have a switch: SWITCHES|OTHER COLUMNS...
rows_of() { grep -E '^\|.*`--' "$1" || true; }
switches_in() { grep -oE '`--[a-z0-9-]+' <<<"$1" | tr -d '`' | sort -u; }

# field_of SWITCH: the member of the simulator's Config it sets, by the simulator's own table
field_of() {
    local row first second
    row=$(rows_of "$simulator" | grep -F -- "$1" | grep -E -- "\`$1[\` ]" | head -n 1 || true)
    [[ -n $row ]] || return 0
    IFS='|' read -r _ first second _ <<<"${row//\\|/ }"
    paste -d' ' <(grep -oE '`--[a-z0-9-]+' <<<"$first" | tr -d '`') \
        <(grep -oE '`[a-z0-9_.]+`' <<<"$second" | tr -d '`' | sed 's/^.*\.//') |
        awk -v name="$1" '$1 == name { print $2 }'
}

while IFS= read -r row; do
    test=$(grep -oE '`tests/[a-z_/]+\.cpp`' <<<"$row" | tr -d '`' | head -n 1 || true)
    [[ -n $test && -f $test ]] || {
        complain "$page: no test, or one that is not there: ${test:-$row}"
        continue
    }
    while IFS= read -r switch; do
        field=$(field_of "$switch")
        if [[ -z $field ]]; then
            complain "$page: $switch is no switch with a field in $simulator"
        elif ! grep -qwF -- "$field" "$test"; then
            complain "$page: $test does not use $field, which is $switch"
        fi
    done < <(switches_in "$row")
done < <(rows_of "$page")

while IFS= read -r row; do
    while IFS= read -r switch; do
        grep -qF -- "\`$switch\`" "$page" || complain "$page: $switch is marked [U] in $simulator and not here"
    done < <(switches_in "$(cut -d'|' -f2 <<<"${row//\\|/ }")")
done < <(rows_of "$simulator" | grep -F '[U]')
finish_check readings "$problems"
