#include "host/cost/model/cost_model.hpp"

#include <nlohmann/json.hpp>

#include "host/cost/calendar/calendar.hpp"
#include "host/cost/currency.hpp"
#include "host/cost/model/model_schema.hpp"
#include "host/cost/model/parts.hpp"
#include "host/document/json_document.hpp"
#include "host/document/json_schema.hpp"
#include "host/document/yaml_document.hpp"

namespace pf::host::cost {
namespace {

using nlohmann::json;

constexpr const char* reason = "ERROR_COST_MODEL";
constexpr const char* filled_in = "prismforet.cost/1";

// What begins with a brace is JSON, or YAML's way of writing the same.
bool is_json(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != text.npos && text[first] == '{';
}

// A text together with where its keys stand.
class Source {
  public:
    Source(document::LinedDocument document, std::string origin)
        : document_(std::move(document)), origin_(std::move(origin)) {}

    const json& root() const { return *document_.root; }
    Status wrong(const std::string& path, const std::string& what,
                 const char* code = reason) const {
        const int line = document::nearest_line(document_.lines, path);
        const std::string place = line > 0 ? origin_ + ":" + std::to_string(line) : origin_;
        return Status(Code::invalid_argument, code,
                      place + ": " + document::Problem{path, what}.text());
    }

  private:
    document::LinedDocument document_;
    std::string origin_;
};

Result<Source> parse(std::string_view text, const std::string& origin) {
    if (text.size() > largest_cost_model) {
        return Status(Code::invalid_argument, reason,
                      origin + ": is larger than 1 MiB; is this the right file?");
    }
    const document::DocumentRules rules{reason, document::Scalars::exact};
    auto parsed = is_json(text) ? document::parse_json(text, origin, cost_model_schema(), rules)
                                : document::parse_yaml(text, origin, cost_model_schema(), rules);
    if (!parsed) {
        return parsed.status();
    }
    static const document::JsonSchema schema =
        document::JsonSchema::compile(cost_model_schema()).value();
    const auto problem = schema.check(*parsed->root);
    Source source(std::move(*parsed), origin);
    if (problem) {
        return source.wrong(problem->path, problem->reason);
    }
    return source;
}

CostModel fill_in(const Node& root) {
    CostModel model;
    Filling filling;
    model.name = root["name"].text_or("cost model");
    model.currency = read_currency(root["currency"], {});
    model.places = currency_places(model.currency).value_or(2);
    model.time = read_time(root["time"]);
    filling.currency = model.currency;
    filling.bands = band_names(model.time);
    Names blocks("block of prices");
    json items = json::array();
    json filled;
    filled["schema"] = filled_in;
    filled["name"] = model.name;
    filled["currency"] = model.currency;
    filled["places"] = model.places;
    filled["time"] = {{"zone", model.time.zone},
                      {"month", model.time.has_calendar_months ? "calendar" : "730h"},
                      {"bands", filling.bands}};
    filled["storage"] = read_storage(root);
    filled["rate_cards"] = read_rate_cards(root, filled["storage"], blocks, filling, items);
    filled["tco"] = read_tco(root["tco"], filled["storage"], blocks, filling);
    if (filled["rate_cards"].empty() && filled["tco"].empty()) {
        root.fail("has no prices; give rate_card or tco");
    }
    check_blocks(root, filled);
    filled["gpus"] = read_gpus(root["gpus"], filling);
    filled["licences"] = read_licences(root["licences"], filling);
    read_items(root["items"], items, filling);
    filled["items"] = std::move(items);
    filled["allocation"] = read_allocation(root["allocation"], filling);
    // Last: by now all currencies have been seen.
    filled["fx"] = read_fx(root["fx"], filling);
    model.tags = filled["allocation"]["tags"].get<std::vector<std::string>>();
    model.warnings = std::move(filling.warnings);
    model.json = filled.dump();
    return model;
}

}  // namespace

Result<CostModel> read_cost_model(std::string_view text, const std::string& origin) {
    auto source = parse(text, origin);
    if (!source) {
        return source.status();
    }
    try {
        CostModel model = fill_in(Node(source->root(), ""));
        if (const auto calendar = Calendar::open(model.time); !calendar) {
            const Status& why = calendar.status();
            return why.code() == Code::invalid_argument
                       ? source->wrong("time.zone", why.message(), why.reason().c_str())
                       : why;
        }
        return model;
    } catch (const WrongModel& wrong) {
        return source->wrong(wrong.path, wrong.what);
    } catch (const std::exception& error) {
        return source->wrong("", std::string("cannot be read: ") + error.what());
    }
}

Result<std::string> portable_cost_model(std::string_view text, const std::string& origin) {
    if (const auto model = read_cost_model(text, origin); !model) {
        return model.status();
    }
    auto source = parse(text, origin);
    if (!source) {
        return source.status();
    }
    return source->root().dump();
}

}  // namespace pf::host::cost
