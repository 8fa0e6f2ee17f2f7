# shellcheck shell=bash
# Sourced by the checks: which files they look at. A check gets the root of the tree as its only argument.
# Files that git ignores are not looked at; in a tree without git, the build folder is left out.

lint_root=$(cd "${1:?root of the tree}" && pwd)
cd "$lint_root" || exit 1

# list_files PATTERN...: shell patterns on the whole path, one path per line, sorted
list_files() {
    local path pattern
    {
        if [[ -e .git ]] && git rev-parse --git-dir >/dev/null 2>&1; then
            git ls-files --cached --others --exclude-standard
        else
            find . -type f -not -path './build/*' -not -path './.git/*' -not -path './.cache/*' |
                sed 's|^\./||'
        fi
    } | sort -u | while IFS= read -r path; do
        [[ -f $path ]] || continue
        for pattern in "$@"; do
            # shellcheck disable=SC2053  # the right side is a pattern on purpose
            if [[ $path == $pattern ]]; then
                printf '%s\n' "$path"
                break
            fi
        done
    done
}

# finish_check NAME COUNT: the verdict of a check
finish_check() {
    [[ $2 -eq 0 ]] && return 0
    printf '%s: %d problem(s)\n' "$1" "$2" >&2
    exit 1
}
