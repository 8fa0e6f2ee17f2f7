#!/usr/bin/env bash
# Puts the installed programs and modules into a folder: compiled here, or copied when PREBUILT says from where.
#   install-programs.sh PREBUILT|"" OUTPUT
set -euo pipefail
prebuilt=$1 output=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [[ -n $prebuilt ]]; then
    [[ -x $prebuilt/usr/bin/prismforet ]] || {
        echo "PREBUILT=$prebuilt: there is no usr/bin/prismforet in that folder of the build context;" \
            "make it with: cmake --install build/release --prefix $prebuilt/usr --strip" >&2
        exit 1
    }
    mkdir -p "$output"
    cp -a "$prebuilt/." "$output/"
    exit 0
fi
PF_NO_INSTALL=1 ./dev build
for component in host modules simulator; do
    cmake --install build/release --prefix "$output/usr" --component "$component" --strip
done
