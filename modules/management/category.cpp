#include "category.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace management {
namespace {

// What is known of a category. Texts are the page's.
struct Category {
    std::string_view key;
    std::string_view value;
    std::string_view description;
    std::string_view type;  // "USER", "SYSTEM", "INTERNAL"; v3 does not tell
    std::optional<bool> is_system_defined;
    std::string_view uuid;   // v4 only
    std::string_view owner;  // UUID; v4 only
};

Category read_v4(pf::Value entity) {
    Category category;
    category.uuid = entity["extId"].str();
    category.key = entity["key"].str();
    category.value = entity["value"].str();
    category.type = entity["type"].str();
    if (category.type == "USER") category.is_system_defined = false;
    if (category.type == "SYSTEM" || category.type == "INTERNAL") category.is_system_defined = true;
    category.description = entity["description"].str();
    category.owner = entity["ownerUuid"].str();
    return category;
}

// The colon parts an identity, so one within a key is written as in a URL: "a:b" with the value "c"
// must not become what "a" with the value "b:c" is.
void append_key(std::string& id, std::string_view key) {
    for (const char byte : key) {
        if (byte == ':') {
            id += "%3A";
        } else if (byte == '%') {
            id += "%25";
        } else {
            id += byte;
        }
    }
}

// A value below a key. Texts are copies: they come page by page.
struct Value {
    std::string text;
    std::string description;
    std::optional<bool> is_system_defined;
};

class Writer {
  public:
    Writer(pf::Call& call, std::uint32_t output) : call_(call), output_(output) {
        const std::string_view central = call.central_uuid();
        if (central.empty()) {
            throw pf::Failure(PF_FAILED_PRECONDITION,
                              "Prism Central does not show its UUID to this user, and the identity "
                              "of a category needs it; grant the role Prism Viewer");
        }
        prefix_ = "category:" + std::string(central) + ":";
    }

    // One record about `entity`.
    void write(pf::Value entity, const Category& category) {
        id_.assign(prefix_);
        append_key(id_, category.key);
        id_.append(":").append(category.value);
        name_.assign(category.key).append(":").append(category.value);
        pf::Row row = call_.begin(output_, entity, id_);
        row.name(name_);
        row.region(central_region);
        row.link("/console/#page/explore/categories");
        row.tags().put(category.key, category.value);
        pf::Object data = row.data();
        pf::Object out = data.object("category");
        out.put("key", category.key);
        out.put("value", category.value);
        out.text("description", category.description);
        if (category.is_system_defined) {
            out.put("origin", *category.is_system_defined ? "SYSTEM" : "USER");
        }
        out.text("type", category.type);
        out.text("uuid", category.uuid);
        out.text("owner_uuid", category.owner);
    }

  private:
    pf::Call& call_;
    std::uint32_t output_;
    std::string prefix_;
    std::string id_;
    std::string name_;
};

// v3 lists keys, and the values of one after the other.
void collect_v3(pf::Call& call, pf::List& keys, pf::List::Iterator at, Writer& writer) {
    std::vector<Value> values;
    for (; at != keys.end(); ++at) {
        const pf::Value entity = *at;
        if (keys.is_first_on_page()) {
            std::vector<std::string_view> names;
            for (const pf::Value each : keys.page()) names.push_back(each["name"].str());
            std::erase(names, std::string_view());
            call.expect(Endpoint::category_values, names);
        }
        Category category;
        category.key = entity["name"].str();
        if (category.key.empty()) {
            call.skip(entity, "category.no_id", "a category without key or value");
            continue;
        }
        values.clear();
        const bool is_read =
            call.read_detail(Endpoint::category_values, category.key, [&](pf::Value value) {
                values.push_back({std::string(value["value"].str()),
                                  std::string(value["description"].str()),
                                  value["system_defined"].boolean()});
            });
        if (!is_read) {
            call.skip(entity, "category.no_values", "the values of a category cannot be read");
            continue;
        }
        bool has_row = false;
        for (const Value& value : values) {
            if (value.text.empty()) continue;
            category.value = value.text;
            category.description = value.description;
            category.is_system_defined = value.is_system_defined;
            writer.write(entity, category);
            has_row = true;
        }
        if (!has_row) call.filtered(entity);  // a key that nothing can be marked with
    }
}

}  // namespace

void collect_categories(pf::Call& call, std::uint32_t output) {
    pf::List categories = call.list(Endpoint::categories);
    auto at = categories.begin();
    Writer writer(call, output);
    if (categories.dialect() == 3) return collect_v3(call, categories, at, writer);
    for (; at != categories.end(); ++at) {
        const pf::Value entity = *at;
        const Category category = read_v4(entity);
        if (category.key.empty() || category.value.empty()) {
            call.skip(entity, "category.no_id", "a category without key or value");
            continue;
        }
        writer.write(entity, category);
    }
}

}  // namespace management
