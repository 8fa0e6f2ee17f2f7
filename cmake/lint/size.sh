#!/usr/bin/env bash
# No source file is longer than 500 lines: beyond that a newcomer stops reading.
set -euo pipefail
# shellcheck source=cmake/lint/files.sh
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"

limit=500 problems=0
while IFS= read -r path; do
    lines=$(wc -l <"$path")
    if [[ $lines -gt $limit ]]; then
        echo "$path: $lines lines, the limit is $limit; split it by idea" >&2
        problems=$((problems + 1))
    fi
done < <(list_files '*.h' '*.hpp' '*.c' '*.cpp' '*.rs' '*.sh' '*.awk' '*.cmake' '*CMakeLists.txt' \
    '*.proto' dev .ci/run)
finish_check size "$problems"
