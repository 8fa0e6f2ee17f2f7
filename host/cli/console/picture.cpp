#include "host/cli/console/picture.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/cli/console/field_path.hpp"
#include "host/cli/console/field_reader.hpp"
#include "host/cli/console/member.hpp"
#include "host/cli/console/resource_rows.hpp"
#include "host/cli/text.hpp"
#include "host/cli/yaml_text.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

// Lines stay lines; all else is as on a terminal.
std::string clean_lines(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out += clean(std::string_view(text).substr(at, end - at)) + "\n";
        at = end + 1;
    }
    return out;
}

class Painter {
  public:
    explicit Painter(bool is_utc) : is_utc_(is_utc) {}

    Block pairs(const std::vector<Field>& fields, const Json& object) const {
        Block block;
        block.kind = Block::Kind::pairs;
        block.rows.emplace_back();
        for (const FieldReader& reader : readers(fields)) {
            const Field& field = reader.field();
            block.columns.push_back({clean(field.title), false, field.is_optional});
            block.rows.front().push_back(reader.value(object));
            put_popup(field, object, "", block);
        }
        return block;
    }

    Block layout(const Layout& layout, const Json& data) const {
        Block block = content(layout, data);
        if (!layout.name.empty()) {
            block.title = clean(layout.name);
        }
        return block;
    }

  private:
    std::vector<FieldReader> readers(const std::vector<Field>& fields) const {
        std::vector<FieldReader> all;
        for (const Field& field : fields) {
            all.emplace_back(field, ValueStyle::people, is_utc_);
        }
        return all;
    }

    Block content(const Layout& one, const Json& data) const {
        switch (one.type) {
            case LayoutType::item:
                return item(one, data);
            case LayoutType::table:
                return table(one, data);
            case LayoutType::raw_table:
                return table(with_columns_of_data(one, data), data);
            case LayoutType::html:
            case LayoutType::markdown:
                return plain(one, data);
            case LayoutType::popup:
                return one.layouts.empty() ? Block() : layout(one.layouts.front(), data);
            case LayoutType::list: {
                Block group;
                for (const Layout& inner : one.layouts) {
                    group.blocks.push_back(layout(inner, data));
                }
                return group;
            }
            case LayoutType::raw:
            case LayoutType::unknown:
                break;
        }
        return raw(one, data);
    }

    // One object; a list of them is shown one after the other.
    Block item(const Layout& one, const Json& data) const {
        const auto objects = find_elements(data, split_path(one.root_path));
        static const Json none = Json::object();
        if (objects.size() < 2) {
            const Json& object = objects.empty() ? none : *objects.front();
            return pairs(one.fields.empty() ? fields_of(object) : one.fields, object);
        }
        Block group;
        for (std::size_t i = 0; i < objects.size(); ++i) {
            group.blocks.push_back(
                pairs(one.fields.empty() ? fields_of(*objects[i]) : one.fields, *objects[i]));
            group.blocks.back().title = std::to_string(i + 1);
        }
        return group;
    }

    Block table(const Layout& one, const Json& data) const {
        Block block;
        block.kind = Block::Kind::grid;
        const std::vector<FieldReader> all = readers(one.fields);
        const ResourceRows rows(one, data);
        for (const FieldReader& reader : all) {
            const Field& field = reader.field();
            const bool is_number =
                field.is_number() ||
                (!rows.all().empty() &&
                 std::all_of(rows.all().begin(), rows.all().end(),
                             [&](const Json* row) { return reader.is_number(*row); }));
            block.columns.push_back({clean(field.title), is_number, field.is_optional});
        }
        for (std::size_t i = 0; i < rows.all().size(); ++i) {
            const Json& row = *rows.all()[i];
            std::vector<FieldValue> values;
            for (const FieldReader& reader : all) {
                values.push_back(reader.value(row));
                put_popup(reader.field(), row, std::to_string(i + 1) + ": ", block);
            }
            block.rows.push_back(std::move(values));
        }
        return block;
    }

    // What the console shows after a click.
    void put_popup(const Field& field, const Json& row, const std::string& mark,
                   Block& block) const {
        if (field.type != FieldType::more || field.popup == nullptr) {
            return;
        }
        const Json options = Json::parse(field.options, nullptr, false);
        const std::string sub_key = text_member(options, "sub_key");
        const auto found = find_values(row, split_path(sub_key));
        if (found.empty()) {
            return;
        }
        Block behind = layout(*field.popup, *found.front());
        behind.title =
            mark + clean(field.title) + (behind.title.empty() ? "" : " (" + behind.title + ")");
        block.blocks.push_back(std::move(behind));
    }

    Block plain(const Layout& one, const Json& data) const {
        Block block;
        block.kind = Block::Kind::text;
        if (one.type == LayoutType::markdown) {
            block.text = clean_lines(one.markdown);
            return block;
        }
        block.remark = "HTML in the console; its text here";
        for (const Json* value : find_elements(data, split_path(one.root_path))) {
            block.text += value->is_string() ? clean_lines(value->get_ref<const std::string&>())
                                             : yaml_text(*value);
        }
        return block;
    }

    Block raw(const Layout& one, const Json& data) const {
        Block block;
        block.kind = Block::Kind::text;
        for (const Json* value : find_values(data, split_path(one.root_path))) {
            if (!value->is_structured() || !value->empty()) {
                block.text += yaml_text(*value);
            }
        }
        if (one.type == LayoutType::unknown) {
            block.remark = "a layout the console does not know";
        }
        return block;
    }

    bool is_utc_;
};

// Only what a browser may open without asking.
std::string safe_link(const std::string& link) {
    return link.starts_with("https://") ? clean(link) : std::string();
}

}  // namespace

bool Block::is_empty() const {
    const bool has_values = std::any_of(rows.begin(), rows.end(), [](const auto& row) {
        return std::any_of(row.begin(), row.end(),
                           [](const FieldValue& value) { return !value.is_empty(); });
    });
    return text.empty() && !has_values &&
           std::all_of(blocks.begin(), blocks.end(),
                       [](const Block& block) { return block.is_empty(); });
}

Picture make_picture(const std::string& kind_title, const View& view, const Json& resource,
                     bool is_utc) {
    const Painter painter(is_utc);
    Picture picture;
    picture.title = clean(kind_title);
    picture.name = clean(text_member(resource, "name"));
    if (const Json* reference = object_member(resource, "reference")) {
        picture.link = safe_link(text_member(*reference, "external_link"));
    }
    std::vector<Field> columns = {text_field("name", "Name")};
    columns.insert(columns.end(), view.columns.begin(), view.columns.end());
    picture.row = painter.pairs(columns, resource);
    for (const Layout& tab : view.tabs) {
        picture.tabs.push_back(painter.layout(tab, resource));
    }
    return picture;
}

}  // namespace pf::host::cli
