#include "host/cli/call_answer.hpp"

#include <nlohmann/json.hpp>

#include "host/cli/human.hpp"
#include "host/cli/ledger_text.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

using nlohmann::json;

std::string text_member(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// The metadata of a type row: a Struct, or JSON text.
std::string metadata_of(const json& resource) {
    const std::string text = text_member(resource, "json_metadata");
    if (!text.empty()) {
        return text;
    }
    const auto found = resource.find("metadata");
    return found != resource.end() ? found->dump() : "{}";
}

RowWishes wishes_for(TableLook look) {
    RowWishes wishes;
    wishes.look = look;
    return wishes;
}

}  // namespace

CallAnswer::CallAnswer(Output& output, ColumnCatalogue& catalogue, bool is_table, TableLook look)
    : output_(output),
      catalogue_(catalogue),
      is_table_(is_table),
      writer_(make_row_writer(wishes_for(look), output, catalogue)) {}

bool CallAnswer::take(const std::string& text) {
    if (is_table_ && take_row(text)) {
        return true;
    }
    const std::size_t end = text.find_last_not_of('\n') + 1;
    return output_.write(std::string_view(text).substr(0, end)) && output_.write("\n");
}

bool CallAnswer::take_row(const std::string& text) {
    const json message = json::parse(text, nullptr, false);
    const std::string kind =
        message.is_object() ? text_member(message, "resource_type") : std::string();
    if (kind.empty() || !message.contains("state")) {
        return false;
    }
    ++rows_by_type_[kind];
    if (text_member(message, "state") == "FAILURE") {
        failures_.push_back(text_member(message, "message"));
        return true;
    }
    const auto resource = message.find("resource");
    if (resource == message.end() || !resource->is_object()) {
        return true;
    }
    if (kind == "inventory.CloudServiceType") {
        catalogue_.learn(text_member(*resource, "group"), text_member(*resource, "name"),
                         metadata_of(*resource));
    } else if (kind == "inventory.CloudService") {
        // Without wishes for columns no row is refused.
        static_cast<void>(writer_->put(resource->dump()));
    }
    return true;
}

Status CallAnswer::finish(std::string_view ledger) {
    if (is_table_ && !rows_by_type_.empty()) {
        if (const Status status = writer_->finish("{}"); !status.ok()) {
            return status;
        }
        output_.write("\n");
        for (const auto& [kind, count] : rows_by_type_) {
            output_.write(pad(clean(kind), 30) + pad(count_text(count), 0) + "\n");
        }
        for (const std::string& failure : failures_) {
            output_.write("failure: " + clean(failure) + "\n");
        }
        output_.write(ledger_lines(ledger));
    }
    return output_.commit();
}

bool says_complete(std::string_view ledger) {
    const json parsed = json::parse(ledger, nullptr, false);
    return !parsed.is_object() || parsed.value("complete", true);
}

}  // namespace pf::host::cli
