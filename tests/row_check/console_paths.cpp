#include <array>

#include "tests/row_check/console_check.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

// Paths that inventory fills, or stores under other names than the row's.
bool is_filled_by_inventory(std::string_view path) {
    constexpr std::array<std::string_view, 12> firsts{"cloud_service_id", "state",
                                                      "created_at",       "updated_at",
                                                      "deleted_at",       "collection_info",
                                                      "project_id",       "workspace_id",
                                                      "domain_id",        "tags",
                                                      "metadata",         "service_account_id"};
    const std::string_view first = path.substr(0, path.find('.'));
    if (first.starts_with("ref_")) return true;
    for (const std::string_view each : firsts) {
        if (each == first) return true;
    }
    return false;
}

class PathCollector {
  public:
    void search(const json& entries, const std::string& place) {
        if (!entries.is_array()) return;
        for (const json& entry : entries) add("", text_of(entry, "key"), place);
    }

    void layout(const json& layout, const std::string& outer_place, const std::string& outer_root) {
        if (!layout.is_object() || !layout.contains("options")) return;
        const json& options = layout["options"];
        if (!options.is_object()) return;
        const std::string place = outer_place + "/" + std::string(text_of(layout, "name"));
        const std::string root = join(outer_root, text_of(options, "root_path"));
        if (!root.empty()) add("", root, place);
        for (const json& each : list_of(options, "fields")) field(each, place, root);
        for (const json& each : list_of(options, "layouts")) this->layout(each, place, outer_root);
        if (options.contains("layout")) this->layout(options["layout"], place, outer_root);
    }

    std::vector<ConsolePath> take() { return std::move(paths_); }

  private:
    static std::string join(std::string_view root, std::string_view key) {
        if (root.empty()) return std::string(key);
        if (key.empty()) return std::string(root);
        return std::string(root).append(".").append(key);
    }

    static json list_of(const json& object, const char* key) {
        const auto found = object.find(key);
        return found != object.end() && found->is_array() ? *found : json::array();
    }

    void field(const json& field, const std::string& place, const std::string& root) {
        const std::string_view key = text_of(field, "key");
        add(root, key, place);
        if (!field.is_object() || !field.contains("options")) return;
        const std::string_view sub_key = text_of(field["options"], "sub_key");
        if (!sub_key.empty()) add(join(root, key), sub_key, place);
    }

    void add(std::string_view root, std::string_view key, const std::string& place) {
        if (key.empty()) return;
        std::string path = join(root, key);
        if (!is_filled_by_inventory(path)) paths_.push_back({std::move(path), place});
    }

    std::vector<ConsolePath> paths_;
};

}  // namespace

std::vector<ConsolePath> console_paths(const json& metadata) {
    PathCollector collector;
    const json& view = child_of(metadata, "view");
    collector.search(child_of(view, "search"), "search");
    collector.layout(child_of(child_of(view, "table"), "layout"), "table", "");
    const json& tabs = child_of(child_of(view, "sub_data"), "layouts");
    if (tabs.is_array()) {
        for (const json& tab : tabs) collector.layout(tab, "tabs", "");
    }
    return collector.take();
}

}  // namespace pf::test
