#!/usr/bin/env bash
# clang-tidy with the short list of .clang-tidy, every finding an error, on the sources of host/, sdk/ and
# modules/ that the compile database of build/dev knows. Tests are left out: Catch2's macros drown it.
set -euo pipefail
# shellcheck source=cmake/lint/files.sh
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"

build=$lint_root/build/dev
if [[ ! -f $build/compile_commands.json ]]; then
    echo "tidy: build/dev is not configured: run ./dev test, or ./dev lint, which configures it" >&2
    exit 1
fi

# The database follows the CMake files; generated headers must be there before what includes them.
ninja -C "$build" --quiet build.ninja >/dev/null
mapfile -t generated < <(ninja -C "$build" -t targets all |
    sed -nE 's/^(.*\.(h|hpp|inc)): CUSTOM_COMMAND$/\1/p')
if [[ ${#generated[@]} -gt 0 ]]; then
    ninja -C "$build" --quiet "${generated[@]}" >/dev/null
fi

mapfile -t files < <(
    list_files 'host/*.cpp' 'sdk/*.cpp' 'modules/*.cpp' | grep -vE '_(test|bench)\.cpp$' |
        while IFS= read -r path; do
            if grep -qF "\"$lint_root/$path\"" "$build/compile_commands.json"; then
                printf '%s\n' "$path"
            fi
        done
)
[[ ${#files[@]} -gt 0 ]] || exit 0
printf '%s\0' "${files[@]}" |
    xargs -0 -n 1 -P "$(nproc)" clang-tidy --quiet -p "$build" 2> >(
        grep -vE '^[0-9]+ warnings? (generated|treated)|^$' >&2 || true
    ) || finish_check tidy 1
