#include "host/cli/cost/test_scene.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <tuple>

#include "host/app/cost_source.hpp"
#include "host/cli/cost/cost_run.hpp"
#include "host/cli/text.hpp"
#include "host/cost/shapes/row_time.hpp"
#include "host/document/yaml_document.hpp"

namespace pf::host::cli {
namespace {

using nlohmann::json;

Status refused(const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_COST_TEST", what);
}

// Amounts stay as they were written.
const json& scene_schema() {
    static const json schema = json::parse(R"({"properties":{
        "month":{"type":"string"},
        "days":{"type":"array","items":{"type":"string"}},
        "expect":{"type":"array","items":{"properties":{
            "cost":{"type":"string"},"tolerance":{"type":"string"},"date":{"type":"string"},
            "resource":{"type":"string"},"month":{"type":"string"}}}}}})");
    return schema;
}

Result<std::string> read_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(document::largest_yaml + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || (!file.eof() && file.fail()) || !file.is_open()) {
        return Status(Code::not_found, "ERROR_CONFIG_FILE",
                      clean(path) + " cannot be read; check its name and permissions");
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

// The model that stands in the file, or in another one beside it.
Result<cost::CostModel> model_of(const json& scene, const std::string& path) {
    const auto at = scene.find("model");
    if (at == scene.end() || !(at->is_string() || at->is_object())) {
        return refused(clean(path) +
                       ": model: needed; the path of a cost model, or the model itself");
    }
    if (at->is_object()) {
        return cost::read_cost_model(at->dump(), path + ": model");
    }
    const std::string file =
        (std::filesystem::path(path).parent_path() / at->get<std::string>()).string();
    auto text = read_text(file);
    return text ? cost::read_cost_model(*text, file) : Result<cost::CostModel>(text.status());
}

Result<std::vector<cost::Day>> days_of(const json& scene, const app::Tariff& tariff) {
    constexpr std::int64_t always = std::numeric_limits<std::int64_t>::max();
    std::vector<std::string> dates;
    std::string first = scene.value("month", "");
    if (const auto days = scene.find("days"); days != scene.end() && days->is_array()) {
        for (const json& day : *days) {
            dates.push_back(day.is_string() ? day.get<std::string>() : "");
        }
        std::sort(dates.begin(), dates.end());
        first = dates.empty() ? "" : dates.front().substr(0, 7) + ".." + dates.back().substr(0, 7);
    }
    auto months = parse_months(first);
    if (!months) {
        return refused("month, or days: needed; write month: 2026-02, or days: [2026-02-01]");
    }
    auto all = tariff.closed_days(months->first, months->last, always);
    if (all && !dates.empty()) {
        std::erase_if(*all, [&](const cost::Day& day) {
            return !std::binary_search(dates.begin(), dates.end(), day.date);
        });
        if (all->size() != dates.size()) {
            return refused("days: one of them is no day of the calendar, or stands there twice");
        }
    }
    return all;
}

// "..._gib" becomes "..._bytes"; a fraction of a byte is no size.
Status put_bytes(json& object, const char* gib, const char* bytes, const std::string& place) {
    const auto at = object.find(gib);
    if (at == object.end()) {
        return Status();
    }
    const double size = at->is_number() ? at->get<double>() * 1073741824.0 : -1;
    if (size < 0 || size > 9e15) {
        return refused(place + "." + gib + ": a number of GiB that is not negative is needed");
    }
    object[bytes] = static_cast<std::int64_t>(size);
    object.erase(gib);
    return Status();
}

Status put_time(json& shape, const char* key, std::int64_t otherwise, const std::string& place) {
    const auto at = shape.find(key);
    if (at == shape.end()) {
        shape[key] = otherwise;
        return Status();
    }
    if (at->is_string()) {
        const auto seconds = cost::seconds_of(at->get<std::string>());
        if (seconds) {
            *at = *seconds;
        }
    }
    return at->is_number_integer()
               ? Status()
               : refused(place + "." + key +
                         ": a time is needed, as 2026-02-01T00:00:00Z or in UTC seconds");
}

// Sizes of an object in GiB become bytes.
Status put_sizes(json& object, std::initializer_list<const char*> names, const std::string& place) {
    for (const char* const name : names) {
        const std::string word = name;
        const std::string in_bytes = word.empty() ? "bytes" : word + "_bytes";
        const std::string in_gib = word.empty() ? "gib" : word + "_gib";
        if (Status put = put_bytes(object, in_gib.c_str(), in_bytes.c_str(), place); !put.ok()) {
            return put;
        }
    }
    return Status();
}

Status put_part_sizes(json& shape, const std::string& place) {
    for (const char* const list : {"disks", "gpus"}) {
        if (!shape.contains(list)) {
            continue;
        }
        const std::string here = place + "." + list;
        for (json& part : shape[list]) {
            if (!part.is_object()) {
                return refused(here + ": objects are needed");
            }
            if (Status put = put_sizes(part, {"", "profile", "card"}, here); !put.ok()) {
                return put;
            }
        }
    }
    return Status();
}

Status check_members(const json& shape, const std::string& place) {
    static const std::set<std::string> known = {
        "id",           "kind",       "class",          "name",      "product",
        "region",       "cluster",    "cluster_name",   "project",   "owner",
        "machine",      "os",         "host",           "created",   "on",
        "flash",        "vcpus",      "cores",          "nodes",     "replication_factor",
        "memory_bytes", "used_bytes", "snapshot_bytes", "raw_bytes", "capacity_bytes",
        "disks",        "gpus",       "categories",     "from",      "to",
        "basis",        "watts"};
    for (const auto& [key, value] : shape.items()) {
        if (!known.contains(key)) {
            return refused(place + "." + clean(key) + ": no shape has this; see docs/cost.md");
        }
    }
    return Status();
}

// What a shape leaves out is as it is most of the time.
Status complete(json& shape, const std::vector<cost::Day>& days, const std::string& place) {
    if (!shape.is_object() || !shape.contains("id") || !shape["id"].is_string()) {
        return refused(place + ": an object with an id is needed");
    }
    Status done = put_sizes(shape, {"memory", "used", "snapshot", "raw", "capacity"}, place);
    done = done.ok() ? check_members(shape, place) : done;
    done = done.ok() ? put_part_sizes(shape, place) : done;
    if (!done.ok()) {
        return done;
    }
    const std::pair<const char*, json> usual[] = {{"kind", "vm"},
                                                  {"class", "machine"},
                                                  {"product", "AHV"},
                                                  {"basis", "measured"},
                                                  {"name", shape["id"]}};
    for (const auto& [key, value] : usual) {
        if (!shape.contains(key)) {
            shape[key] = value;
        }
    }
    if (shape["class"] == "machine" && !shape.contains("on")) {
        shape["on"] = true;
    }
    done = put_time(shape, "from", days.empty() ? 0 : days.front().from, place);
    return done.ok() ? put_time(shape, "to", days.empty() ? 0 : days.back().to, place) : done;
}

// The shapes of the file, complete and in the order of pf.shapes/1.
Result<std::vector<std::string>> shapes_of(const json& scene, const std::vector<cost::Day>& days) {
    std::vector<json> shapes;
    if (const auto at = scene.find("shapes"); at != scene.end() && at->is_array()) {
        shapes.assign(at->begin(), at->end());
    }
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        if (Status done = complete(shapes[i], days, "shapes[" + std::to_string(i) + "]");
            !done.ok()) {
            return done;
        }
    }
    std::stable_sort(shapes.begin(), shapes.end(), [](const json& a, const json& b) {
        return std::tuple(a["id"].get<std::string>(), a["from"].get<std::int64_t>()) <
               std::tuple(b["id"].get<std::string>(), b["from"].get<std::int64_t>());
    });
    std::vector<std::string> texts;
    for (const json& shape : shapes) {
        texts.push_back(shape.dump());
    }
    return texts;
}

Status check_keys(const json& scene) {
    for (const auto& [key, value] : scene.items()) {
        if (key != "model" && key != "month" && key != "days" && key != "shapes" &&
            key != "expect") {
            return refused(clean(key) +
                           ": unknown; a test has model, month or days, shapes and expect");
        }
    }
    return Status();
}

}  // namespace

Status TextShapes::rewind() {
    next_ = 0;
    return Status();
}

Status TextShapes::next(std::string& text) {
    if (next_ == texts_.size()) {
        return Status(Code::out_of_range, "ERROR_SHAPES_END", "there is no further shape");
    }
    text = texts_[next_++];
    return Status();
}

Result<TestScene> read_test_scene(const std::string& path) {
    auto text = read_text(path);
    if (!text) {
        return text.status();
    }
    auto parsed = document::parse_yaml(*text, path, scene_schema());
    if (!parsed) {
        return parsed.status();
    }
    const json& scene = *parsed->root;
    if (const Status known = check_keys(scene); !known.ok()) {
        return known.within(clean(path));
    }
    auto model = model_of(scene, path);
    if (!model) {
        return model.status();
    }
    auto tariff = app::open_tariff(std::move(*model));
    if (!tariff) {
        return tariff.status();
    }
    auto days = days_of(scene, *tariff);
    if (!days) {
        return days.status().within(clean(path));
    }
    auto expectations = Expectations::read(scene.value("expect", json()));
    if (!expectations) {
        return expectations.status().within(clean(path));
    }
    auto shapes = shapes_of(scene, *days);
    if (!shapes) {
        return shapes.status().within(clean(path));
    }
    return TestScene{std::move(*tariff), std::move(*days), std::move(*shapes),
                     std::move(*expectations)};
}

}  // namespace pf::host::cli
