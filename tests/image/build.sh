#!/usr/bin/env bash
# Builds every image of deploy/image/roles and the simulator's from the Dockerfile, without a daemon and without a
# registry: buildah in a chroot, on a Debian that mmdebstrap has made.
#   tests/image/build.sh FOLDER [--staged TREE] [IMAGE...]
# FOLDER gets base.tar and an OCI layout `images` with one tag per image; TREE is what cmake --install made, else
# the programs are compiled in the image's own build stage.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(realpath -m "${1:?usage: build.sh FOLDER [--staged TREE] [IMAGE...]}")
shift
staged=
if [[ ${1:-} == --staged ]]; then
    staged=$(realpath "$2")
    shift 2
fi
wanted=("$@")

export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
stores=(--root "$folder/storage" --runroot "$folder/run")
version=$(sed -n 's/^project(prismforet VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
revision=$(git -C "$root" rev-parse HEAD)
created=$(git -C "$root" show -s --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ HEAD)

fail() {
    echo "image: $*" >&2
    exit 1
}

make_base() {
    if [[ ! -s $folder/base.tar ]]; then
        # Said, as mmdebstrap would take the name of the draft for a folder's.
        mmdebstrap --quiet --variant=minbase --format=tar bookworm "$folder/base.tar.new"
        mv "$folder/base.tar.new" "$folder/base.tar"
    fi
    [[ ! -f $folder/base/index.json ]] || return 0
    local container
    container=$(buildah "${stores[@]}" from scratch)
    buildah "${stores[@]}" add --quiet "$container" "$folder/base.tar" / >/dev/null
    buildah "${stores[@]}" commit --quiet --rm "$container" "oci:$folder/base:12" >/dev/null
}

# What git knows, as a user's clone has it; the programs that are there already beside it.
make_context() {
    rm -rf "$folder/context"
    mkdir -p "$folder/context"
    git -C "$root" ls-files -z --cached --others --exclude-standard |
        (cd "$root" && tar --null --files-from=- --ignore-failed-read -cf - 2>/dev/null) |
        tar -C "$folder/context" -xf -
    [[ -z $staged ]] || cp -a "$staged" "$folder/context/staged"
}

# build TARGET ROLE TAG [BUILD_ARG...]: an empty TAG builds without keeping the image
build() {
    local target=$1 role=$2 tag=$3 arguments=() argument
    shift 3
    for argument in "BASE=oci:$folder/base:12" "PREBUILT=${staged:+staged}" "ROLE=$role" \
        "VERSION=$version" "REVISION=$revision" "CREATED=$created" "$@"; do
        arguments+=(--build-arg "$argument")
    done
    buildah "${stores[@]}" bud --layers --isolation chroot --format oci --target "$target" \
        --timestamp "$(git -C "$root" show -s --format=%ct HEAD)" \
        "${arguments[@]}" --tag "localhost/prismforet-${tag:-refused}:$version" \
        --file "$folder/context/Dockerfile" "$folder/context" >"$folder/build.log" 2>&1 || return 1
    [[ -z $tag ]] || buildah "${stores[@]}" push --quiet "localhost/prismforet-$tag:$version" \
        "oci:$folder/images:$tag"
}

build_or_explain() {
    build "$@" || {
        tail -n 30 "$folder/build.log" >&2
        fail "building $3 failed; the whole log is $folder/build.log"
    }
    echo "image: built $3:$version"
}

# refused WORDS BUILD_ARG...: the build must end with these words
refused() {
    local words=$1
    shift
    ! build plugin "${1#ROLE=}" "" "${@:2}" || fail "was built, but should be refused: $*"
    grep -qF -- "$words" "$folder/build.log" || {
        tail -n 10 "$folder/build.log" >&2
        fail "refused $* without saying '$words'"
    }
    echo "image: refused as it should be: $*"
}

mkdir -p "$folder"
rm -rf "$folder/images"
make_base
make_context
build_or_explain simulator inventory prism-sim
while read -r name role; do
    [[ ${#wanted[@]} -eq 0 || " ${wanted[*]} " == *" $name "* ]] || continue
    [[ $name =~ ^[a-z0-9-]{1,48}$ ]] || fail "deploy/image/roles: '$name' is no image name CloudForet takes"
    build_or_explain plugin "$role" "$name"
done < <(grep -v '^#' "$root/deploy/image/roles")
refused "does not serve that role; it serves: inventory cost" ROLE=metrics
refused "no module 'vmm'; there are: " ROLE=inventory MODULES=vmm
refused "but the program is $version" ROLE=inventory VERSION=0.0.1
