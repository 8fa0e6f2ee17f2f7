#!/usr/bin/env bash
# Every shell script passes shellcheck, and every one with a first line for the kernel can be executed.
set -euo pipefail
# shellcheck source=cmake/lint/files.sh
source "$(dirname "${BASH_SOURCE[0]}")/files.sh"

mapfile -t candidates < <(list_files '*')
scripts=() problems=0
for path in "${candidates[@]}"; do
    line=
    case ${path##*/} in
    *.sh) scripts+=("$path") ;;
    *.*) continue ;;
    esac
    IFS= read -r line <"$path" 2>/dev/null || true
    [[ $line =~ ^#!.*(bash|/sh) ]] || continue
    [[ $path == *.sh ]] || scripts+=("$path")
    if [[ ! -x $path ]]; then
        echo "$path: starts with $line but cannot be executed: chmod +x $path" >&2
        problems=$((problems + 1))
    fi
done
[[ ${#scripts[@]} -eq 0 ]] || shellcheck --shell=bash --external-sources -- "${scripts[@]}" ||
    problems=$((problems + 1))
finish_check scripts "$problems"
