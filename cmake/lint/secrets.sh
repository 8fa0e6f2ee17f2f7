#!/usr/bin/env bash
# No credential is in the tree, nor in any commit that this clone has: what was once pushed is known, also when it is
# removed later. Looks for keys and tokens whose form says what they are, and for passwords that look real.
# A line that must stay says why in secrets.allow, as a regular expression on PLACE:TEXT.
set -euo pipefail
lint_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=cmake/lint/files.sh
source "$lint_folder/files.sh"

# Written in pieces, so that this file passes its own check.
forms=(
    '-----BEGIN ([A-Z0-9]+ )*PRIVATE'' KEY( BLOCK)?-----'
    '(^|[^A-Za-z0-9])(AKIA|ASIA)[0-9A-Z]{16}([^A-Za-z0-9]|$)'
    '(^|[^A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36}'
    'github_pat_[A-Za-z0-9_]{60}'
    'glpat-[A-Za-z0-9_-]{20}'
    'xox[abprs]-[A-Za-z0-9-]{10}'
    'npm_[A-Za-z0-9]{36}'
    'AIza[A-Za-z0-9_-]{35}'
    'sk-[A-Za-z0-9_-]{32}'
    'eyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}'
    'https?://[A-Za-z0-9_.-]+:[A-Za-z0-9%+=]{12,}@'
    # A key named so, and a quoted value of at least 20 letters and digits.
    '([Pp]ass(word|wd)|PASS(WORD|WD)|[Ss]ecret|SECRET|[Tt]oken|TOKEN|[Aa]pi_?[Kk]ey|API_?KEY)"?'"'"'? *[:=]+ *["'"'"'][A-Za-z0-9+/=_-]{20,}["'"'"']'
)
pattern=$(printf '|%s' "${forms[@]}")
pattern=${pattern#|}
allowed='^$'
while IFS= read -r line; do
    allowed+="|$line"
done < <(grep -vE '^(#|$)' "$lint_folder/secrets.allow")

# The finding's place and form, without the secret: logs of a check are read by many.
report() {
    grep -vE -e "$allowed" | sed -E 's/^([^:]*:[^:]*):(.{0,24}).*/\1: looks like a credential: \2.../' || true
}

mapfile -t files < <(list_files '*')
in_tree=$([[ ${#files[@]} -eq 0 ]] || printf '%s\0' "${files[@]}" |
    { xargs -0 grep -HnIE -e "$pattern" -- || true; } | report)

# Every line that some commit added, as COMMIT:PATH:TEXT.
in_history=
if [[ -e .git ]] && git rev-parse --verify --quiet HEAD >/dev/null; then
    in_history=$(git log --all --no-color --no-ext-diff --unified=0 --patch --format='commit %h' -G"$pattern" \
        --extended-regexp | awk '
            /^commit / { commit = $2; next }
            /^\+\+\+ / { path = substr($0, 7); next }
            /^\+/ { print commit ":" path ":" substr($0, 2) }' |
        { grep -E -e "$pattern" || true; } | report)
fi

problems=0
for found in "$in_tree" "$in_history"; do
    [[ -n $found ]] || continue
    printf '%s\n' "$found" >&2
    problems=$((problems + $(wc -l <<<"$found")))
done
[[ $problems -eq 0 ]] ||
    echo "secrets: revoke what is real, then remove it; what is none goes into cmake/lint/secrets.allow" >&2
finish_check secrets "$problems"
