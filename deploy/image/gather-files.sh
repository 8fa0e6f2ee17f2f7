#!/usr/bin/env bash
# Makes the root of a plugin image: program, modules, what they are linked with, certificates, one user. Whole
# Debian packages but for their manuals and translations, each recorded in var/lib/dpkg/status.d, where scanners look.
#   gather-files.sh PROGRAMS OUTPUT VERSION "MODULE..."|""
set -euo pipefail
programs=$1 output=$2 version=$3
read -ra modules <<<"${4:-}"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$programs/usr/bin/prismforet
available=$programs/usr/lib/prismforet/modules

fail() {
    echo "gather-files: $*" >&2
    exit 1
}

# Those that were asked for, else all there are.
choose_modules() {
    local name names=()
    mapfile -t names < <(find "$available" -name '*.so' -printf '%f\n' | sed 's/\.so$//' | sort)
    [[ ${#names[@]} -gt 0 ]] || fail "$available holds no module"
    [[ ${#modules[@]} -gt 0 ]] || modules=("${names[@]}")
    for name in "${modules[@]}"; do
        [[ -f $available/$name.so ]] || fail "MODULES: no module '$name'; there are: ${names[*]}"
    done
}

check_version() { # the label must say what the program says
    local told
    told=$("$program" version --json | sed -n 's/^ *"version": "\(.*\)",*$/\1/p')
    [[ $told == "$version" ]] || fail "VERSION=$version, but the program is $told"
}

copy_programs() {
    local name
    install -D -m 0755 "$program" "$output/usr/bin/prismforet"
    install -d "$output/usr/lib/prismforet/modules"
    for name in "${modules[@]}"; do
        install -m 0755 "$available/$name.so" "$output/usr/lib/prismforet/modules/"
        install -m 0644 "$available/$name.module.json" "$output/usr/lib/prismforet/modules/"
    done
}

# One package per line: the owners of every library that is linked, directly or not.
linked_packages() {
    local lines library files=("${modules[@]/#/$available/}")
    lines=$(ldd "$program" "$programs/usr/bin/prism-sim" "${files[@]/%/.so}" 2>&1)
    ! grep 'not found' <<<"$lines" >&2 || fail "libraries are missing; complete $here/packages"
    while IFS= read -r library; do
        library=$(readlink -f "$library")
        # Debian's database has the places from before /lib became a part of /usr.
        { dpkg-query -S "$library" "${library#/usr}" 2>/dev/null || true; } | head -n 1 | cut -d: -f1
    done < <(awk '/=> \// { print $3 } /^\t\/.*ld-linux/ { print $1 }' <<<"$lines" | sort -u) | sort -u
}

# What is read at run time instead of being linked.
data_packages=(ca-certificates tzdata)

check_list() { # check_list PACKAGE...: nothing is listed that nobody needs
    local name
    while IFS= read -r name; do
        [[ " ${data_packages[*]} $* " == *" $name "* ]] ||
            fail "$here/packages lists $name, but nothing is linked with it"
    done < <(grep -v '^#' "$here/packages")
}

copy_packages() { # copy_packages PACKAGE...
    local name
    mkdir -p "$output"/usr/{bin,sbin,lib,lib64} "$output/var/lib/dpkg/status.d"
    for name in bin sbin lib lib64; do
        ln -sfn "usr/$name" "$output/$name"
    done
    for name in "$@"; do
        dpkg-query -L "$name" |
            grep -vE '^/usr/share/(man|locale|lintian|bug|info)/|/doc/.*/(FAQ|NEWS|README|changelog)|/gconv/' |
            sed -E 's,^/(bin|sbin|lib|lib64)/,/usr/\1/,' |
            while IFS= read -r path; do
                [[ ! -d $path || -L $path ]] || continue
                # Slim bases leave out what is only to be read.
                [[ -e $path || -L $path || $path != /usr/share/doc/* ]] || continue
                printf '%s\0' ".$path"
            done | tar -C / --null --files-from=- -cf - | tar -C "$output" -xf -
        dpkg-query -s "$name" >"$output/var/lib/dpkg/status.d/$name"
    done
}

# OpenSSL looks in /usr/lib/ssl; the trusted certificates themselves are made when their package is configured.
copy_certificates() {
    mkdir -p "$output/usr/lib/ssl" "$output/etc/ssl"
    cp -a /etc/ssl/certs "$output/etc/ssl/"
    ln -sfn /etc/ssl/certs "$output/usr/lib/ssl/certs"
    [[ -s $output/etc/ssl/certs/ca-certificates.crt ]] || fail "there is no list of trusted certificates"
}

# Time stamps of a run would make two builds of the same source differ.
write_accounts() {
    mkdir -p "$output/etc" "$output/run" "$output/proc" "$output/sys" "$output/dev"
    install -d -m 1777 "$output/tmp"
    printf 'root:x:0:0:root:/:/sbin/nologin\nprismforet:x:65532:65532:prismforet:/tmp:/sbin/nologin\n' \
        >"$output/etc/passwd"
    printf 'root:x:0:\nprismforet:x:65532:\n' >"$output/etc/group"
    printf 'hosts: files dns\n' >"$output/etc/nsswitch.conf"
}

choose_modules
check_version
mapfile -t linked < <(linked_packages)
[[ ${#linked[@]} -gt 0 ]] || fail "no linked library has a Debian package"
check_list "${linked[@]}"
packages=("${linked[@]}" "${data_packages[@]}" base-files)
# Some have the text of their license in another package.
for name in "${linked[@]}"; do
    [[ ! -L /usr/share/doc/$name ]] || packages+=("$(basename "$(readlink -f "/usr/share/doc/$name")")")
done
mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
copy_packages "${packages[@]}"
copy_programs
copy_certificates
write_accounts
ldconfig -r "$output"
# A link to what a machine calls local time, which an image has not.
rm -rf "$output/var/cache" "$output/etc/ld.so.conf"* "$output/usr/share/lintian" \
    "$output/usr/share/zoneinfo/localtime"
mkdir -p "$output/usr/share/doc/prismforet"
"$here/write-sbom.sh" "$output" "$version" "${modules[*]}" "${packages[@]}" \
    >"$output/usr/share/doc/prismforet/sbom.cdx.json"
echo "gather-files: ${#packages[@]} packages, modules ${modules[*]}, $(du -sm "$output" | cut -f1) MiB" >&2
