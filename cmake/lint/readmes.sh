#!/usr/bin/env bash
# The README of a module has the sections that all have, and says what descriptor.json, console/*.json and
# sample.yaml say: readmes.jq makes the parts between the marker lines. With `fix` as second argument, writes them.
set -euo pipefail
mode=${2:-check}
rules=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/readmes.jq
# shellcheck source=cmake/lint/files.sh
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"

sections='## What it collects
## Permissions needed on Prism
## Configuration
## Example output
## Issues it may report
## Limits and known gaps'
problems=0
complain() {
    printf '%s\n' "$@" >&2
    problems=$((problems + 1))
}

parts_of() { # parts_of FOLDER: every part with its marker lines
    local consoles
    mapfile -t consoles < <(list_files "$1/console/*.json")
    jq -rn --slurpfile descriptor "$1/descriptor.json" --rawfile sample "$1/sample.yaml" -f "$rules" \
        "${consoles[@]:-/dev/null}" # without a file jq would read standard input
}

# with_parts README: the README on standard output, the parts of standard input in their places. Fails, telling
# why, when a part has no place, or a place no part or no end.
with_parts() {
    awk -v readme="$1" '
        function complain(text) { print readme ": " text >"/dev/stderr"; bad = 1 }
        function name_of(line) { sub(/^<!-- [a-z]+: /, "", line); sub(/ -->$/, "", line); return line }
        FNR == NR {
            if (/^<!-- generated: /) { name = name_of($0); names[++count] = name }
            parts[name] = parts[name] $0 "\n"
            next
        }
        within != "" {
            if ($0 == "<!-- end: " within " -->") within = ""
            next
        }
        /^<!-- generated: / {
            within = name_of($0)
            if (!(within in parts)) complain("there is no part " within " to generate; take its marker lines out")
            if (placed[within]++) complain("the part " within " is there twice; take one out")
            printf "%s", parts[within]
            next
        }
        { print }
        END {
            if (within != "") complain("the part " within " has no line <!-- end: " within " -->")
            for (i = 1; i <= count; i++)
                if (!placed[names[i]])
                    complain("no place for the part " names[i] "; write the lines <!-- generated: " names[i] \
                        " --> and <!-- end: " names[i] " --> where it belongs, then ./dev format")
            exit bad
        }' - "$1"
}

wanted=$(mktemp)
trap 'rm -f "$wanted"' EXIT
while IFS= read -r descriptor; do
    folder=${descriptor%/descriptor.json} readme=${descriptor%/*}/README.md
    if [[ ! -f $readme || ! -f $folder/sample.yaml ]]; then
        complain "$folder: a module has a README.md and a sample.yaml beside its descriptor.json"
    elif [[ $(grep '^## ' "$readme") != "$sections" ]]; then
        complain "$readme: its sections must be these, in this order:" "$sections"
    elif ! parts=$(parts_of "$folder"); then
        complain "$folder: descriptor.json or console/*.json is not as \`prismforet schema module\` has it"
    elif ! with_parts "$readme" <<<"$parts" >"$wanted"; then
        problems=$((problems + 1))
    elif [[ $mode == fix ]]; then
        cmp -s "$wanted" "$readme" || cat "$wanted" >"$readme"
    elif ! difference=$(diff -u --label "$readme" --label "what $folder says" "$readme" "$wanted"); then
        complain "$readme: not what descriptor.json, console/*.json and sample.yaml say; mend with ./dev format" \
            "$difference"
    fi
done < <(list_files 'modules/*/descriptor.json')
finish_check readmes "$problems"
