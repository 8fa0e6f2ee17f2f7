#include "host/cli/description.hpp"

#include <nlohmann/json.hpp>

#include "host/cli/console/cell.hpp"
#include "host/cli/console/field_reader.hpp"
#include "host/cli/console/member.hpp"
#include "host/cli/resource_json.hpp"
#include "host/cli/text.hpp"
#include "host/cli/yaml_text.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

class Description final : public RowWriter {
  public:
    Description(KnownKinds kinds, const TableLook& look, bool is_utc, Output& output)
        : kinds_(std::move(kinds)), look_(look), is_utc_(is_utc), output_(output) {
        look_.has_heading = false;
    }

    Status put(std::string_view text) override {
        const Json resource = parse_resource(text);
        const Identity identity = identity_of(resource);
        const KnownKind kind = kind_of(kinds_, identity.group, identity.type);
        output_.write(std::string(is_first_ ? "" : "\n") + clean(kind.title) + " " +
                      clean(text_member(resource, "name")) + "\n\n");
        is_first_ = false;
        output_.write(summary(resource, kind.view));
        output_.write("\n");
        output_.write(yaml_text(resource));
        return Status();
    }
    Status finish(std::string_view) override { return Status(); }

  private:
    std::string summary(const Json& resource, const View& view) const {
        std::vector<Field> fields = {text_field("reference.resource_id", "ID"),
                                     text_field("cloud_service_group", "Group"),
                                     text_field("cloud_service_type", "Type"),
                                     text_field("region_code", "Region"),
                                     text_field("account", "Account"),
                                     text_field("reference.external_link", "In Prism")};
        fields.insert(fields.end(), view.columns.begin(), view.columns.end());
        Table table({{""}, {""}});
        for (Field& field : fields) {
            std::string title = "  " + clean(field.title);
            const FieldReader reader(std::move(field), ValueStyle::people, is_utc_);
            table.add({{std::move(title)}, cell_of(reader.value(resource))});
        }
        return table.text(look_);
    }

    KnownKinds kinds_;
    TableLook look_;
    bool is_utc_;
    Output& output_;
    bool is_first_ = true;
};

}  // namespace

std::unique_ptr<RowWriter> make_description(KnownKinds kinds, const TableLook& look, bool is_utc,
                                            Output& output) {
    return std::make_unique<Description>(std::move(kinds), look, is_utc, output);
}

}  // namespace pf::host::cli
