#!/usr/bin/env bash
# Dependencies run downward only, and each third-party library has one owner folder.
# Reads the #include lines of every C and C++ file; the rules are the tables in layering.awk.
set -euo pipefail
rules=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/layering.awk
# shellcheck source=cmake/lint/files.sh
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"

problems=0
mapfile -t files < <(list_files '*.h' '*.hpp' '*.c' '*.cpp')
if [[ ${#files[@]} -gt 0 ]]; then
    awk -f "$rules" "${files[@]}" >&2 || problems=1
fi
finish_check layering "$problems"
