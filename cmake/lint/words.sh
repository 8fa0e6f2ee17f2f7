#!/usr/bin/env bash
# Words that must not be in the tree: notes of unfinished work, and paths of somebody's machine.
set -euo pipefail
# shellcheck source=cmake/lint/files.sh
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"

# Written in pieces, so that this file passes its own check.
unfinished='(TO''DO|FIX''ME|XX''X)'
machine='(/wo''rk/|/tmp/te''am|/ho''me/[a-z])'
# Paths that Prism itself reports.
product='/ho''me/nutanix/'
mapfile -t files < <(list_files '*')
[[ ${#files[@]} -gt 0 ]] || exit 0
if printf '%s\0' "${files[@]}" | xargs -0 grep -HnIE \
    -e "(^|[^A-Za-z0-9_])$unfinished([^A-Za-z0-9_]|\$)" -e "(^|[^A-Za-z0-9_.])$machine" -- |
    grep -v "$product" >&2; then
    finish_check words 1
fi
