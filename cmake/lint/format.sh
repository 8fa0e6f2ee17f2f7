#!/usr/bin/env bash
# Every C and C++ file looks as clang-format would write it. With `fix` as second argument, makes it so.
set -euo pipefail
mode=${2:-check}
# shellcheck source=cmake/lint/files.sh
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"

mapfile -t files < <(list_files '*.h' '*.hpp' '*.c' '*.cpp')
[[ ${#files[@]} -gt 0 ]] || exit 0
if [[ $mode == fix ]]; then
    clang-format -i -- "${files[@]}"
    exit 0
fi
# shellcheck disable=SC2016  # the inner shell expands it
mapfile -t wrong < <(printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" \
    bash -c 'clang-format "$0" | cmp -s - "$0" || printf "%s\n" "$0"' | sort)
[[ ${#wrong[@]} -gt 0 ]] || exit 0
printf '%s: not as clang-format writes it; mend with ./dev format\n' "${wrong[@]}" >&2
finish_check format "${#wrong[@]}"
