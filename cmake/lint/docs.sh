#!/usr/bin/env bash
# Every type, function and macro of the public headers says what it is: the headers are the manual.
set -euo pipefail
rules=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/docs.awk
# shellcheck source=cmake/lint/files.sh
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"

problems=0
mapfile -t headers < <(list_files 'sdk/include/*.h' 'sdk/include/*.hpp')
if [[ ${#headers[@]} -gt 0 ]]; then
    awk -f "$rules" "${headers[@]}" >&2 || problems=1
fi
finish_check docs "$problems"
