#include "host/cli/console/layout.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "host/cli/bounded_json.hpp"
#include "host/cli/console/member.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Name {
    std::string_view text;
    LayoutType type;
};

constexpr std::array<Name, 10> names = {{{"item", LayoutType::item},
                                         {"table", LayoutType::table},
                                         {"simple-table", LayoutType::table},
                                         {"query-search-table", LayoutType::table},
                                         {"raw-table", LayoutType::raw_table},
                                         {"raw", LayoutType::raw},
                                         {"html", LayoutType::html},
                                         {"markdown", LayoutType::markdown},
                                         {"list", LayoutType::list},
                                         {"popup", LayoutType::popup}}};

LayoutType layout_type(std::string_view name) {
    for (const Name& one : names) {
        if (one.text == name) {
            return one.type;
        }
    }
    return LayoutType::unknown;
}

// A text, or texts by language.
std::string read_markdown(const Json& options) {
    const Json* const languages = object_member(options, "markdown");
    if (languages == nullptr) {
        return text_member(options, "markdown");
    }
    const std::string english = text_member(*languages, "en");
    return english.empty() && !languages->empty() && languages->front().is_string()
               ? languages->front().get<std::string>()
               : english;
}

void read_sort(const Json& options, std::string& key, bool& is_descending) {
    if (const Json* sort = object_member(options, "default_sort")) {
        key = text_member(*sort, "key");
        is_descending = flag_member(*sort, "desc");
    }
}

void read_inner(const Json& options, const std::string& place, Layout& layout,
                std::vector<std::string>& odd) {
    if (layout.type == LayoutType::popup) {
        if (const Json* inner = object_member(options, "layout")) {
            layout.layouts.push_back(read_layout(*inner, place + ".layout", odd));
            return;
        }
        odd.push_back(place + ": a popup without a layout shows nothing");
    } else if (layout.type == LayoutType::list) {
        const Json* const inner = member(options, "layouts");
        if (inner == nullptr || !inner->is_array()) {
            odd.push_back(place + ": a list without layouts shows nothing");
            return;
        }
        for (std::size_t i = 0; i < inner->size(); ++i) {
            const std::string at = place + ".layouts[" + std::to_string(i) + "]";
            layout.layouts.push_back(read_layout((*inner)[i], at, odd));
        }
    }
}

void read_options(const Json& options, const std::string& place, Layout& layout,
                  std::vector<std::string>& odd) {
    layout.root_path = text_member(options, "root_path");
    if (const Json* unwind = object_member(options, "unwind")) {
        layout.unwind = text_member(*unwind, "path");
    }
    if (const Json* fields = member(options, "fields")) {
        layout.fields = read_fields(*fields, place, odd);
    }
    if (const Json* headers = member(options, "headers"); headers != nullptr) {
        for (const Json& header : *headers) {
            if (header.is_string()) {
                layout.headers.push_back(header.get<std::string>());
            }
        }
    }
    layout.markdown = read_markdown(options);
    read_sort(options, layout.sort_key, layout.is_descending);
}

}  // namespace

Layout read_layout(const Json& object, const std::string& place, std::vector<std::string>& odd) {
    Layout layout;
    const std::string type = text_member(object, "type");
    layout.type = layout_type(type);
    layout.name = text_member(object, "name");
    if (layout.type == LayoutType::unknown) {
        odd.push_back(place + ": the console knows no layout type " +
                      (type.empty() ? "at all here" : type) + "; its data is shown as it is");
    }
    static const Json none = Json::object();
    const Json* const options = object_member(object, "options");
    const Json& read = options == nullptr ? none : *options;
    read_options(read, place, layout, odd);
    read_inner(read, place, layout, odd);
    if (layout.type == LayoutType::table && layout.fields.empty()) {
        odd.push_back(place + ": a table without fields shows nothing");
    }
    return layout;
}

View read_view(std::string_view text) {
    View view;
    const Json metadata = parse_bounded(text);
    if (metadata.is_discarded()) {
        view.odd.push_back("the metadata is no JSON, or nested too deeply");
        return view;
    }
    const Json* const all = object_member(metadata, "view");
    if (all == nullptr) {
        return view;
    }
    if (const Json* table = object_member(*all, "table")) {
        const Json* const layout = object_member(*table, "layout");
        const Json* const options = layout == nullptr ? nullptr : object_member(*layout, "options");
        if (options == nullptr || member(*options, "fields") == nullptr) {
            view.odd.push_back("view.table: it has no fields");
        } else {
            view.columns = read_fields(*member(*options, "fields"), "view.table", view.odd);
            std::erase_if(view.columns, [](const Field& field) { return field.key == "name"; });
            read_sort(*options, view.sort_key, view.is_descending);
        }
    }
    if (const Json* details = object_member(*all, "sub_data")) {
        const Json* const tabs = member(*details, "layouts");
        if (tabs != nullptr && tabs->is_array()) {
            for (std::size_t i = 0; i < tabs->size(); ++i) {
                view.tabs.push_back(
                    read_layout((*tabs)[i], "tab " + std::to_string(i + 1), view.odd));
            }
        } else if (tabs != nullptr) {
            view.odd.push_back("view.sub_data.layouts: it is no list");
        }
    }
    return view;
}

}  // namespace pf::host::cli
