# shellcheck shell=bash disable=SC2154
# As of webhook: only the package differs. Sourced by outside.sh.

# shellcheck source=tests/image/calls/webhook.sh
source "$root/tests/image/calls/webhook.sh"
