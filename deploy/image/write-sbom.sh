#!/usr/bin/env bash
# Prints the bill of materials of an image as CycloneDX 1.5: the program, its modules and every Debian package.
#   write-sbom.sh ROOT VERSION "MODULE..." PACKAGE...
set -euo pipefail
root=$1 version=$2
read -ra modules <<<"$3"
shift 3

sha256() { sha256sum "$1" | cut -d' ' -f1; }

own_part() { # own_part TYPE NAME FILE
    printf '{"type":"%s","bom-ref":"%s","name":"%s","version":"%s",' "$1" "$2" "$2" "$version"
    printf '"licenses":[{"license":{"id":"Apache-2.0"}}],"hashes":[{"alg":"SHA-256","content":"%s"}]}' \
        "$(sha256 "$root/$3")"
}

debian_part() { # debian_part PACKAGE: name, version and source as dpkg has them
    dpkg-query -W -f='${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}\n' "$1" |
        awk '
        function escaped(text) { gsub(/%/, "%25", text); gsub(/\+/, "%2B", text); gsub(/:/, "%3A", text)
            gsub(/~/, "%7E", text); return text }
        NR == 1 {
            purl = "pkg:deb/debian/" escaped($1) "@" escaped($2) "?arch=" $3 "&distro=debian-12"
            printf "{\"type\":\"library\",\"bom-ref\":\"%s\",\"name\":\"%s\",\"version\":\"%s\",", purl, $1, $2
            printf "\"purl\":\"%s\",\"properties\":[{\"name\":\"debian:source\",\"value\":\"%s %s\"}]}",
                purl, $4, $5
        }'
}

printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,\n"metadata":{"component":'
own_part application prismforet usr/bin/prismforet
printf '},\n"components":[\n'
separator=
for name in "${modules[@]}"; do
    printf '%b' "$separator"
    own_part library "prismforet-module-$name" "usr/lib/prismforet/modules/$name.so"
    separator=',\n'
done
for name in "$@"; do
    printf '%b' "$separator"
    debian_part "$name"
done
printf '\n]}\n'
