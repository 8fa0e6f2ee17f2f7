#!/usr/bin/env bash
# shellcheck disable=SC2016  # backquotes are planted as they are
# The checks are worth something only if they see what they are for: plants one violation at a time in a
# small tree and expects the right check to refuse it, and to accept the tree without it.
set -euo pipefail
lint=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0 planted=0

plant() { # plant PATH TEXT
    mkdir -p "$tree/$(dirname "$1")"
    printf '%b\n' "$2" >"$tree/$1"
}

expect() { # expect accepts|refuses CHECK WHAT
    local verdict=accepts
    "$lint/$2.sh" "$tree" >"$tree.log" 2>&1 || verdict=refuses
    if [[ $verdict != "$1" ]]; then
        echo "self_test: $2 $verdict: $3" >&2
        sed 's/^/    /' "$tree.log" >&2
        failures=$((failures + 1))
    fi
    rm -f "$tree.log"
}

refuses() { # refuses CHECK PATH TEXT: with the file planted; then the tree is clean again
    local kept=
    [[ -f $tree/$2 ]] && kept=$(<"$tree/$2")
    plant "$2" "$3"
    planted=$((planted + 1))
    expect refuses "$1" "$2: $3"
    rm "$tree/$2"
    [[ -z $kept ]] || printf '%s\n' "$kept" >"$tree/$2"
}

plant host/base/status.hpp '#include <string>'
plant host/observe/log.cpp '#include <spdlog/spdlog.h>\n#include "host/base/status.hpp"'
plant host/prism/session.cpp '#include <Poco/Net/HTTPSClientSession.h>\n#include "host/observe/log.hpp"'
plant host/services/reader.cpp '#include <simdjson.h>\n#include "host/prism/list.hpp"'
plant host/encoding/struct_test.cpp '#include <catch2/catch.hpp>\n#include <google/protobuf/struct.pb.h>'
plant host/cloudforet/emitter.cpp '#include <grpcpp/grpcpp.h>\n#include "spaceone/collector.pb.h"'
plant host/cloudforet/emitter.hpp '#include <nlohmann/json_fwd.hpp>\n#include "host/runtime/run.hpp"'
plant host/cli/serve.cpp '#include <CLI/CLI.hpp>\n#include "host/app/wiring.hpp"'
plant modules/vm/vm.cpp '#include <prismforet/module.hpp>\n#include <stdint.h>\n#include "vm_record.hpp"'
plant sdk/include/prismforet/abi.h '/* The contract. */\n#include <stdint.h>\n\n/* Adds. */\nint pf_add(int a);'
plant tests/prism_sim/server.cpp '#include <Poco/Net/HTTPServer.h>'
plant tests/integration/collect_test.cpp '#include "host/app/wiring.hpp"\n#include <grpcpp/grpcpp.h>'
plant tests/prism_sim/README.md '| `--nics old\\|new` | `v4.nics` | [U]: which form |'
plant tests/integration/readings_test.cpp 'config.v4.nics = 1;'
plant docs/unverified.md '| NICs | both | `--nics` | `tests/integration/readings_test.cpp` | nics |'
module='"name": "vm", "version": "1.0.0", "stability": "beta", "concerns": ["pf.inventory/1"]'
endpoint='{"name": "vms", "role": "Prism Viewer", "v4": {"namespace": "vmm", "path": "vms", "id": "extId"}}'
output='{"kind": "vm", "title": "VM", "endpoint": "vms", "group": "AHV", "type": "VM", "data": {}}'
descriptor() { # descriptor MEMBERS ENDPOINTS OUTPUTS
    printf '{%s, "endpoints": [%s], "outputs": [%s]}' "$@"
}
part() { printf '<!-- generated: %s -->\n<!-- end: %s -->\n' "$1" "$1"; }
readme="# vm
$(part status)
## What it collects
$(part kinds)
$(part columns)
$(part metrics)
## Permissions needed on Prism
$(part lists)
## Configuration
$(part configuration)
## Example output
## Issues it may report
## Limits and known gaps"
plant modules/vm/descriptor.json "$(descriptor "$module" "$endpoint" "$output")"
plant modules/vm/console/vm.json '{"table": {"fields": [{"key": "data.core", "name": "vCPU"}]}}'
plant modules/vm/sample.yaml 'targets: []'
plant modules/vm/README.md "$readme"
expect refuses readmes "a README whose parts are empty"
planted=$((planted + 1))
"$lint/readmes.sh" "$tree" fix
filled=$(<"$tree/modules/vm/README.md")
plant docs/troubleshooting.md '# Troubleshooting\n\n## ERROR_A\n\nOdd.\n\nWait.'
plant host/base/given.cpp 'const char* code = "ERROR_A";'
for check in layering size docs readings readmes errors words scripts secrets; do
    expect accepts "$check" "the clean tree"
done

refuses readings docs/unverified.md '| NICs | both | none | none | nics |'
refuses readings docs/unverified.md '| NICs | both | `--nics` | `tests/integration/gone_test.cpp` | nics |'
refuses readings docs/unverified.md '| X | both | `--nics`, `--odd` | `tests/integration/readings_test.cpp` | x |'
refuses readings tests/integration/readings_test.cpp 'nothing is set here'

refuses readmes modules/vm/descriptor.json "$(descriptor "${module/1.0.0/1.0.1}" "$endpoint" "$output")"
refuses readmes modules/vm/descriptor.json "$(descriptor "$module" "${endpoint/Viewer/Admin}" "$output")"
refuses readmes modules/vm/descriptor.json "$(descriptor "$module" "$endpoint" "${output/AHV/ESXi}")"
refuses readmes modules/vm/descriptor.json '{"name": '
refuses readmes modules/vm/console/vm.json '{"table": {"fields": [{"key": "data.cores", "name": "vCPU"}]}}'
refuses readmes modules/vm/console/vm.json '{"metrics": [{"name": "VMs", "value": {"operator": "count"}}]}'
refuses readmes modules/vm/sample.yaml 'targets: [{name: pc1}]'
refuses readmes modules/vm/README.md "${filled/<!-- generated: metrics*end: metrics -->/}"
refuses readmes modules/vm/README.md "${filled//: metrics -->/: metric -->}"
refuses readmes modules/vm/README.md "${filled/<!-- end: metrics -->/}"
refuses readmes modules/vm/README.md "$filled\n$(part metrics)"
refuses readmes modules/vm/README.md "${filled/\#\# Example output/}"
refuses readmes modules/disk/descriptor.json '{}'

refuses errors docs/troubleshooting.md '# Troubleshooting\n\n## ERROR_A\n\nOdd.\n\n## ERROR_B\n\nGone.'
refuses errors docs/troubleshooting.md '# Troubleshooting'
refuses errors host/base/more.cpp 'const char* code = "ERROR_NEW";'
refuses errors host/base/given.cpp 'const char* code = "ERROR_OTHER";'

refuses layering host/base/bad.cpp '#include "host/observe/log.hpp"'
refuses layering host/observe/bad.cpp '#include "host/services/reader.hpp"'
refuses layering host/encoding/bad.cpp '#include "host/prism/session.hpp"'
refuses layering host/prism/bad.cpp '#include "host/state/store.hpp"'
refuses layering host/services/bad.cpp '#include "host/runtime/run.hpp"'
refuses layering host/runtime/bad.cpp '#include "host/loader/library.hpp"'
refuses layering host/loader/bad.cpp '#include "host/cloudforet/emitter.hpp"'
refuses layering host/cloudforet/bad.cpp '#include "host/loader/library.hpp"'
refuses layering host/app/bad.cpp '#include "host/cli/serve.hpp"'
refuses layering host/prism/bad_test.cpp '#include "host/services/reader.hpp"'
refuses layering host/newcomer/bad.cpp '#include "host/base/status.hpp"'
refuses layering host/prism/bad.cpp '#include "../base/status.hpp"'
refuses layering host/app/bad.cpp '#include "tests/row_check/row_check.hpp"'
refuses layering host/app/bad.cpp '#include "modules/vm/vm.hpp"'
refuses layering host/runtime/bad.cpp '#include <grpcpp/grpcpp.h>'
refuses layering host/encoding/bad.cpp '#  include <google/protobuf/struct.pb.h>'
refuses layering host/services/bad.hpp '#include "spaceone/collector.pb.h"'
refuses layering host/runtime/bad.cpp '#include <Poco/Net/HTTPClientSession.h>'
refuses layering host/runtime/bad.cpp '#include <boost/dll/shared_library.hpp>'
refuses layering host/prism/bad.cpp '#include <simdjson.h>'
refuses layering host/runtime/bad.cpp '#include <spdlog/spdlog.h>'
refuses layering host/app/bad.cpp '#include <CLI/CLI.hpp>'
refuses layering host/cli/bad.cpp '#include <yaml-cpp/yaml.h>'
refuses layering host/cli/bad.cpp '#include <valijson/validator.hpp>'
refuses layering host/services/bad.cpp '#include <nlohmann/json.hpp>'
refuses layering host/app/bad.hpp '#include <nlohmann/json.hpp>'
refuses layering host/app/bad.cpp '#include <catch2/catch.hpp>'
refuses layering modules/vm/bad.cpp '#include "host/base/status.hpp"'
refuses layering modules/vm/vm_test.cpp '#include "host/services/reader.hpp"'
refuses layering modules/vm/bad.cpp '#include <nlohmann/json.hpp>'
refuses layering modules/vm/bad.cpp '#include "modules/cluster/cluster.hpp"'
refuses layering modules/vm/bad.cpp '#include <unistd.h>'
refuses layering sdk/include/prismforet/bad.hpp '#include <dlfcn.h>'
refuses layering sdk/include/prismforet/bad.hpp '#include <fmt/format.h>'
refuses layering sdk/include/prismforet/bad.hpp '#include "host/base/status.hpp"'
refuses layering tests/prism_sim/bad.cpp '#include "host/base/status.hpp"'
refuses layering tests/prism_sim/bad.cpp '#include <prismforet/abi.h>'
refuses layering tests/prism_sim/bad.cpp '#include <grpcpp/grpcpp.h>'

refuses size host/base/long.cpp "$(printf 'int a;\\n%.0s' {1..500})"
refuses docs sdk/include/prismforet/bad.h '#include <stdint.h>'
refuses docs sdk/include/prismforet/bad.h '/* A header. */\n\nint pf_bad(int a);'
refuses docs sdk/include/prismforet/bad.h \
    '/* A header. */\ntypedef struct a {\n    int (*f)(int a);\n} a;'
refuses docs sdk/include/prismforet/bad.h \
    '/* A header. */\ntypedef struct a {\n    int x;\n} a;\n\ntypedef struct b {\n    int x;\n} b;'
refuses docs sdk/include/prismforet/bad.hpp \
    '// A header.\nnamespace pf {\n// Opens.\nclass A {\n  public:\n    int f() const;\n};\n}'
refuses docs sdk/include/prismforet/bad.hpp \
    '// A header.\n// Adds.\nint a(int b);\n\n#define PF_BAD(x) (x)'
refuses words host/base/bad.cpp '// TO''DO: later'
refuses words host/base/bad.md 'see /ho''me/somebody/notes'
refuses words host/base/bad.cpp 'open("/wo''rk/file")'
letters=AbCdEfGhIjKlMnOpQrStUvWxYz0123456789
refuses secrets host/base/bad.pem "-----BEGIN RSA PRIVATE ""KEY-----"
refuses secrets deploy/bad.yaml "token: gh""p_$letters"
refuses secrets deploy/bad.yaml "key: AK""IAABCDEFGHIJKLMNOP"
refuses secrets host/base/bad.cpp "pass""word = \"$letters\";"
refuses secrets host/base/bad.json "{\"api""_key\": \"$letters\"}"
refuses secrets docs/bad.md "curl https://admin:${letters:0:20}""@pc1.example.com"
refuses scripts bad.sh '#!/usr/bin/env bash\necho hello'
chmod_script=bad_script.sh
# shellcheck disable=SC2016  # the planted script is to expand it
plant "$chmod_script" '#!/usr/bin/env bash\nrm $1'
chmod +x "$tree/$chmod_script"
expect refuses scripts "an unquoted variable"
planted=$((planted + 1))
plant host/base/bad.cpp 'int  a ;'
printf 'BasedOnStyle: Google\n' >"$tree/.clang-format"
expect refuses format "a badly formatted file"
planted=$((planted + 1))

# What a commit added and another removed is still in the history.
commit() {
    git -C "$tree" add --all
    git -C "$tree" -c user.name=lint -c user.email=lint@example.com commit --quiet --message "$1"
}
git -C "$tree" init --quiet
plant deploy/bad.yaml "token: gh""p_$letters"
commit "add"
rm "$tree/deploy/bad.yaml"
commit "remove"
expect refuses secrets "a token in the history"
planted=$((planted + 1))

if [[ $failures -gt 0 ]]; then
    echo "self_test: $failures of the checks' own tests failed" >&2
    exit 1
fi
echo "self_test: $planted planted violations, each refused" >&2
