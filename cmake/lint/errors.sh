#!/usr/bin/env bash
# Every error code that the program can give has a section in docs/troubleshooting.md, and no section is of a code that
# is gone.
set -euo pipefail
# shellcheck source=cmake/lint/files.sh
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"

document=docs/troubleshooting.md
problems=0
mapfile -t sources < <(list_files 'host/*.cpp' 'host/*.hpp' 'sdk/include/*.h' 'sdk/include/*.hpp' |
    grep -v -e '_test\.cpp$' -e '/testing')
[[ ${#sources[@]} -gt 0 && -f $document ]] || finish_check errors 0
given=$(grep -ohE '"ERROR_[A-Z0-9_]*[A-Z0-9]"' "${sources[@]}" | tr -d '"' | sort -u || true)
told=$(sed -n 's/^## //p' "$document" | sort -u)
while read -r code; do
    echo "$document: no section of $code, which the program can give" >&2
    problems=$((problems + 1))
done < <(comm -23 <(echo "$given") <(echo "$told") | grep . || true)
while read -r code; do
    echo "$document: a section of $code, which nothing gives any more" >&2
    problems=$((problems + 1))
done < <(comm -13 <(echo "$given") <(echo "$told") | grep . || true)
finish_check errors "$problems"
