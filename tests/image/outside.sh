#!/usr/bin/env bash
# What CloudForet does with a plugin, by a client that shares nothing with it (buf, by reflection): services, health,
# and the calls of the role, calls/ROLE.sh.
#   tests/image/outside.sh ADDRESS SERVICES_FILE SECRET_FILE VMS WORK
# SECRET_FILE holds the secret_data of a simulated Prism Central with VMS virtual machines.
set -euo pipefail
# shellcheck disable=SC2034  # some are for the calls of the role
address=$1 services=$2 secret=$3 vms=$4 work=$5
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
buf=${PF_NODE:-build/node}/node_modules/@bufbuild/buf-linux-x64/bin/buf
role=${services##*/}
case $role in
inventory) package=spaceone.api.inventory.plugin ;;
cost) package=spaceone.api.cost_analysis.plugin ;;
monitoring | monitoring-log | webhook) package=spaceone.api.monitoring.plugin ;;
alert-webhook) package=spaceone.api.alert_manager.plugin ;;
notification) package=spaceone.api.notification.plugin ;;
esac

fail() {
    echo "outside: $*" >&2
    exit 1
}

curl_grpc() { "$buf" curl --http2-prior-knowledge --protocol grpc "$@"; }

# call SERVICE/METHOD REQUEST_FILE: the answer on standard output
call() { curl_grpc -d "@$2" "http://$address/$package.$1"; }

for ((tries = 0; tries < 150; ++tries)); do
    (: <"/dev/tcp/${address%:*}/${address##*:}") 2>/dev/null && break
    sleep 0.1
done

curl_grpc --list-services "http://$address" | sort >"$work/services"
diff "$services" "$work/services" >&2 ||
    fail "the services of this role (<) and those that reflection shows (>) differ"

echo '{}' >"$work/empty.json"
curl_grpc --schema "$root/host/cloudforet/proto/grpc/health/v1/health.proto" -d "@$work/empty.json" \
    "http://$address/grpc.health.v1.Health/Check" | jq -e '.status == "SERVING"' >/dev/null ||
    fail "health is not SERVING"

# Uses call, fail, secret, vms and work.
# shellcheck source=/dev/null
source "$root/tests/image/calls/$role.sh"
