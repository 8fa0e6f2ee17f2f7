#include <nlohmann/json.hpp>

#include "host/cli/console/member.hpp"
#include "host/cli/resource_json.hpp"
#include "host/cli/row_forms.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

class NameRows final : public RowWriter {
  public:
    explicit NameRows(Output& output) : output_(output) {}
    Status put(std::string_view resource) override {
        output_.write(clean(text_member(parse_resource(resource), "name")) + "\n");
        return Status();
    }
    Status finish(std::string_view) override { return Status(); }

  private:
    Output& output_;
};

}  // namespace

std::unique_ptr<RowWriter> make_name_rows(Output& output) {
    return std::make_unique<NameRows>(output);
}

}  // namespace pf::host::cli
