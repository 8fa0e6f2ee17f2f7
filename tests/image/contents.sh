#!/usr/bin/env bash
# What an image is, without running it: configuration, labels, size, and that nothing is in it that should not be.
#   tests/image/contents.sh LAYOUT TAG ROOTFS ROLE VERSION PORT
set -euo pipefail
layout=$1 tag=$2 rootfs=$3 role=$4 version=$5 port=$6
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
largest_mib=120 problems=0

complain() {
    echo "image: $tag: $*" >&2
    problems=$((problems + 1))
}

# is WHAT EXPECTED JQ_FILTER: of the image's configuration
is() {
    local found
    found=$(jq -rc "$3" <<<"$config")
    [[ $found == "$2" ]] || complain "$1 is '$found', not '$2'"
}

matches() { # matches WHAT REGEX JQ_FILTER
    local found
    found=$(jq -rc "$3" <<<"$config")
    [[ $found =~ $2 ]] || complain "$1 is '$found', which does not look like $2"
}

absent() { # absent WHAT FIND_EXPRESSION...
    local found
    found=$(cd "$rootfs" && find . -xdev "${@:2}" -printf '%P ' | head -c 300)
    [[ -z $found ]] || complain "$1: $found"
}

config=$(skopeo inspect --config "oci:$layout:$tag")
is user 65532:65532 .config.User
is ports "[\"$port/tcp\"]" '.config.ExposedPorts | keys'
is "stop signal" SIGTERM .config.StopSignal
is "version label" "$version" '.config.Labels["org.opencontainers.image.version"]'
is "license label" Apache-2.0 '.config.Labels["org.opencontainers.image.licenses"]'
matches "revision label" '^[0-9a-f]{40}$' '.config.Labels["org.opencontainers.image.revision"]'
matches "creation label" '^20[0-9-]{8}T[0-9:]{8}Z$' '.config.Labels["org.opencontainers.image.created"]'
matches "title label" . '.config.Labels["org.opencontainers.image.title"]'
if [[ -n $role ]]; then
    is entrypoint '["/usr/bin/prismforet"]' .config.Entrypoint
    is command '["serve"]' .config.Cmd
    is "role label" "$role" '.config.Labels["io.prismforet.role"]'
    grep -q "roles: \[$role\]" "$rootfs/etc/prismforet/config.yaml" ||
        complain "etc/prismforet/config.yaml does not set the role $role"
fi

size=$(du -sm --apparent-size "$rootfs" | cut -f1)
[[ $size -le $largest_mib ]] || complain "$size MiB, the limit is $largest_mib"
packed=$(skopeo inspect --raw "oci:$layout:$tag" | jq '[.layers[].size] | add / 1048576 | floor')

absent "shells and package managers" \( -path '*/bin/*' -o -path '*/sbin/*' \) \
    \( -name '*sh' -o -name 'busybox*' -o -name 'apt*' -o -name dpkg -o -name perl \)
absent "files with more rights than their caller" -perm /6000
absent "places everybody can write to" -perm -0002 ! -type l ! -path ./tmp
absent "private keys" -type f \( -name '*.key' -o -name 'id_rsa*' \)
absent "links that lead nowhere" -xtype l ! -path './etc/ssl/certs/*'
if [[ -n $role && ! -s $rootfs/usr/share/zoneinfo/Europe/Berlin ]]; then
    complain "there are no time zones"
fi
[[ $(stat -c %a "$rootfs/tmp") == 1777 ]] || complain "/tmp is not for everybody"

# The bill of materials is a valid document, and names just the packages that are there.
sbom=$rootfs/usr/share/doc/prismforet/sbom.cdx.json
node "$here/check_sbom.mjs" "$sbom" || complain "the bill of materials is not valid CycloneDX"
diff <(jq -r '.components[] | select(.purl) | .name' "$sbom" | sort) \
    <(find "$rootfs/var/lib/dpkg/status.d" -type f -printf '%f\n' | sort) >&2 ||
    complain "the bill of materials (<) and the packages in the image (>) differ"
while read -r name version_there; do
    jq -e --arg name "$name" --arg version "$version_there" \
        'any(.components[]; .name == $name and .version == $version)' "$sbom" >/dev/null ||
        complain "the bill of materials has another version of $name than $version_there"
done < <(awk '/^Package:/ { name = $2 } /^Version:/ { print name, $2 }' "$rootfs"/var/lib/dpkg/status.d/*)

echo "image: $tag: $size MiB unpacked, $packed MiB in the registry, $(jq '.components | length' "$sbom") parts"
[[ $problems -eq 0 ]] || exit 1
