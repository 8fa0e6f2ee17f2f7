#!/usr/bin/env bash
# Writes the configuration that makes a plugin image serve one role on CloudForet's port. An image that starts and
# serves nothing would register, and fail much later: a role the program does not serve ends the build.
#   set-role.sh PROGRAM ROLE OUTPUT
set -euo pipefail
program=$1 role=$2 output=$3

served=$("$program" version --json | tr -d ' \n' | sed -n 's/.*"roles":\[\([^]]*\)\].*/\1/p' | tr -d '"' | tr ',' ' ')
[[ " $served " == *" $role "* ]] || {
    echo "ROLE=$role: this prismforet does not serve that role; it serves: $served." \
        "Build with one of these, or a release that has the role." >&2
    exit 1
}
mkdir -p "$output/etc/prismforet"
cat >"$output/etc/prismforet/config.yaml" <<END
# What this image serves. Environment, flags and XDG_CONFIG_HOME/prismforet/config.yaml go before it.
serve:
  roles: [$role]
  grpc: 0.0.0.0:50051
log:
  format: json
END
"$program" config show --config "$output/etc/prismforet/config.yaml" >/dev/null
