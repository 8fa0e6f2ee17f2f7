// Pages of Prism through the reader, the real vm module and the writer, with each encoder.
//
// The parts of an input, between lines that hold "%%", are the bodies of pages. A part may begin
// with a line that says which list it belongs to ("@vms", the default, "@vms again" for a second
// reading, "@clusters", "@hosts", ...), or with "@run" and lines of NAME=value: cluster, only,
// other (UUIDs), links=no, page_size, fail=LIST, absent=LIST. The part "@v3" makes all pages those
// of v3.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "host/services/call.hpp"
#include "host/services/handling.hpp"
#include "host/services/host.hpp"
#include "prismforet/abi/inventory.h"
#include "prismforet/abi/module.h"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/prism_stand_in.hpp"
#include "tests/fuzz/rows.hpp"
#include "tests/fuzz/vm_module.hpp"
#include "tests/row_check/json_text.hpp"
#include "tests/row_check/row_check.hpp"

namespace pf::fuzz {
namespace {

using namespace pf::host;
using encoding::RowFormat;
using nlohmann::json;

constexpr std::string_view v3_mark = "@v3";

struct Scene {
    PrismLists lists;
    bool is_v3 = false;
    std::string cluster;
    std::set<std::string> other;
    std::optional<std::set<std::string>> only;
    bool has_links = true;
    std::uint32_t page_size = 0;
};

// The list of a name such as "vms"; null when the module reads no such list.
PrismList* list_of(Scene& scene, std::string_view name) {
    const services::Descriptor& descriptor = *vm_module().descriptor;
    for (const services::Endpoint& endpoint : descriptor.endpoints) {
        if (endpoint.name == name && (endpoint.v3 || !scene.is_v3)) {
            return &scene.lists[scene.is_v3 ? endpoint.v3->path : endpoint.v4->path];
        }
    }
    return nullptr;
}

void set(Scene& scene, std::string_view name, const std::string& value) {
    if (name == "cluster") {
        scene.cluster = value;
    } else if (name == "only") {
        scene.only.emplace().insert(value);
    } else if (name == "other") {
        scene.other.insert(value);
    } else if (name == "links") {
        scene.has_links = value != "no";
    } else if (name == "page_size") {
        scene.page_size = static_cast<std::uint32_t>(value.size() % 101);
    } else if (PrismList* const list = list_of(scene, value)) {
        if (name == "absent") {
            list->failure =
                Status(Code::not_found, "ERROR_PRISM_NOT_FOUND", "there is no such API");
        } else if (name == "fail") {
            list->failure =
                Status(Code::permission_denied, "ERROR_PRISM_PERMISSION", "may not be read");
        }
    }
}

void set_all(Scene& scene, std::string_view lines) {
    for (std::string_view rest = lines; !rest.empty();) {
        const FirstLine next = first_line(rest);
        rest = next.rest;
        const std::size_t equals = next.line.find('=');
        if (equals != next.line.npos) {
            set(scene, next.line.substr(0, equals), std::string(next.line.substr(equals + 1)));
        }
    }
}

Scene scene_of(std::string_view input) {
    Scene scene;
    const auto parts = parts_of(input);
    scene.is_v3 = std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
        return first_line(part).line == v3_mark;
    });
    for (const std::string_view part : parts) {
        const FirstLine first = first_line(part);
        if (!part.starts_with('@')) {
            list_of(scene, "vms")->pages.emplace_back(part);
        } else if (first.line == "@run") {
            set_all(scene, first.rest);
        } else if (first.line.ends_with(" again")) {
            if (auto* list = list_of(scene, first.line.substr(1, first.line.size() - 7))) {
                list->again.emplace_back(first.rest);
            }
        } else if (auto* list = list_of(scene, first.line.substr(1))) {
            list->pages.emplace_back(first.rest);
        }
    }
    return scene;
}

// What a run of the module left behind.
struct Outcome {
    std::vector<std::string> rows;
    std::vector<json> resources;
    services::Counts counts;
    std::vector<std::string> given;  // pages of the list of VMs
    bool is_clean = false;           // nothing is missing, by the call's own account
};

void check_findings(const services::Findings& findings) {
    for (const auto* all : {&findings.all_missing(), &findings.all_notes()}) {
        for (const services::Finding& finding : *all) {
            require(!finding.code.empty() && finding.count > 0,
                    "a finding says what and how often");
            require(is_utf8(finding.text) && is_utf8(finding.code), "a finding is readable",
                    finding.text);
            for (const std::string& id : finding.first_ids) {
                require(is_utf8(id), "the id in a finding is readable", id);
            }
        }
    }
}

void check_ledger(const services::Counts& counts) {
    require(counts.received == counts.unique + counts.repeated, "received = unique + repeated");
    require(counts.unique == counts.emitted + counts.filtered + counts.skipped + counts.lost,
            "unique = emitted + filtered + skipped + lost");
    require(counts.lost == 0, "the module settles every entity");
}

Outcome collect(Scene scene, RowFormat format) {
    serve_prism(scene.lists);
    const auto rows = std::make_shared<GatheredRows>();
    services::CallSetup setup;
    setup.descriptor = vm_module().descriptor;
    setup.target = std::make_shared<prism::Target>(prism::TargetSpec{}, 1);
    setup.meter = std::make_shared<prism::Meter>();
    setup.output = rows;
    setup.format = format;
    setup.api = scene.is_v3 ? prism::ApiWish::v3 : prism::ApiWish::v4;
    setup.account = "00000000-0000-4000-8000-000000000001";
    setup.link_base = scene.has_links ? "https://pc1:9440" : "";
    setup.page_size = scene.page_size;
    setup.other_clusters = scene.other;
    setup.only_clusters = scene.only;
    services::Call call(std::move(setup));
    pf_status status = PF_OK;
    {
        const services::Handling handling(call);
        status =
            vm_module().inventory->collect(vm_module().self, handling.handle(), 0, call.options(),
                                           pf_str{scene.cluster.data(), scene.cluster.size()});
    }
    call.finish(status);

    Outcome outcome;
    outcome.rows = rows->rows();
    check_findings(call.findings());
    for (const services::OpenList& list : call.lists()) {
        outcome.counts = list.ledger.counts();
        check_ledger(outcome.counts);
    }
    require(outcome.rows.size() == call.rows() && call.rows() == outcome.counts.emitted,
            "each emitted VM is one row");
    outcome.is_clean = call.findings().all_missing().empty();
    require(outcome.is_clean || status != PF_OK || !call.lists().empty(), "a run says what it did");
    outcome.given = std::move(list_of(scene, "vms")->given);
    for (const std::string& row : outcome.rows) {
        outcome.resources.push_back(resource_of(row, format));
        require_storable(outcome.resources.back()["data"]);
    }
    return outcome;
}

// The rules of CloudForet's inventory, by the row check of the acceptance tests.
void check_rules(const std::vector<std::string>& rows) {
    test::RowCheckOptions options;
    options.whole_run = false;
    test::RowCheck check(options);
    for (const std::string& row : rows) {
        check.add(row);
    }
    const std::vector<test::Violation> violations = check.finish();
    require(violations.empty(), "rows keep the rules of the inventory", test::describe(violations));
}

// UUIDs are the same in either case.
std::string identity(std::string id) {
    if (id.size() == 36) {
        std::transform(id.begin(), id.end(), id.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    }
    return id;
}

// The member of an object, or null.
const json& member(const json& object, const char* name) {
    static const json nothing;
    const auto found = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && found != object.end() ? *found : nothing;
}

// The id of an entity that the module has to give out; null when it has none or need not.
const json& id_of(const json& item, bool is_v3) {
    static const json nothing;
    if (!is_v3) {
        return member(item, "extId");
    }
    const json& type = member(member(member(item, "status"), "resources"), "hypervisor_type");
    const bool is_ahv = !type.is_string() || type == "" || type == "AHV";
    return is_ahv ? member(member(item, "metadata"), "uuid") : nothing;
}

// The ids in the pages that were handed out, by another parser; false when it cannot tell.
bool ids_in(const std::vector<std::string>& pages, bool is_v3, std::set<std::string>& ids) {
    bool is_plain = true;
    const auto on_fault = [&](std::string_view, const std::string&, const std::string&) {
        is_plain = false;
    };
    for (const std::string& page : pages) {
        json document;
        if (!test::parse_json_text(page, "page", document, on_fault) || !is_plain) {
            return false;
        }
        const json& items = member(document, is_v3 ? "entities" : "data");
        for (const json& item : items.is_array() ? items : json::array()) {
            if (const json& id = id_of(item, is_v3); id.is_string()) {
                ids.insert(identity(id.get<std::string>()));
            }
        }
    }
    return true;
}

// What Prism has goes out, or the call says what is missing.
void check_completeness(const Scene& scene, const Outcome& outcome) {
    std::set<std::string> there;
    const bool is_scoped = scene.only || !scene.other.empty();
    if (!outcome.is_clean || is_scoped || !ids_in(outcome.given, scene.is_v3, there)) {
        return;
    }
    std::set<std::string> out;
    for (const json& resource : outcome.resources) {
        out.insert(identity(resource["reference"]["resource_id"].get<std::string>()));
    }
    require(there == out, "every VM of a complete list goes out",
            json(there).dump() + "\n" + json(out).dump());
}

}  // namespace
}  // namespace pf::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    const Scene scene = scene_of(to_text(data, size));
    const Outcome line = collect(scene, RowFormat::json_line);
    for (const auto format : {RowFormat::wire_json_data, RowFormat::wire_struct}) {
        const Outcome wire = collect(scene, format);
        require(wire.resources.size() == line.resources.size(), "each form has the same rows");
        for (std::size_t i = 0; i < line.resources.size(); ++i) {
            require(wire.resources[i] == line.resources[i], "all forms of a row say the same",
                    wire.resources[i].dump() + "\n" + line.resources[i].dump());
        }
        check_rules(wire.rows);
    }
    check_completeness(scene, line);
    return 0;
}
