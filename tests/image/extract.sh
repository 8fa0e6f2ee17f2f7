#!/usr/bin/env bash
# Takes out of a plugin image what a release offers beside it: PREFIX-programs.tar.gz with the program and its modules
# for Debian 12, and PREFIX.cdx.json, the bill of materials. Needs Docker.
#   tests/image/extract.sh IMAGE PREFIX
set -euo pipefail
image=${1:?usage: extract.sh IMAGE PREFIX} prefix=$2

work=$(mktemp -d)
container=$(docker create "$image")
trap 'docker rm "$container" >/dev/null; rm -rf -- "$work"' EXIT
docker export "$container" | tar -C "$work" -xf - usr/bin/prismforet usr/lib/prismforet usr/share/doc/prismforet
cp "$work/usr/share/doc/prismforet/sbom.cdx.json" "$prefix.cdx.json"
tar -C "$work" --sort=name --owner=0 --group=0 -czf "$prefix-programs.tar.gz" usr
