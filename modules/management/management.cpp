// The management module: projects, categories and protection policies of a Prism Central.
#include <prismforet/module.hpp>

#include "category.hpp"
#include "policy.hpp"
#include "project.hpp"

namespace {

class Management final : public pf::Inventory {
  public:
    void collect(pf::Call& call, std::uint32_t output, pf::Value, std::string_view) const override {
        switch (static_cast<management::Output>(output)) {
            case management::Output::project:
                return management::collect_projects(call, output);
            case management::Output::category:
                return management::collect_categories(call, output);
            case management::Output::protection_policy:
                return management::collect_policies(call, output);
        }
    }
};

}  // namespace

PF_MODULE(Management)
