// What of the entities the collector's options ask for. Options that are absent cost nothing but
// the question whether there are any.
#pragma once

#include <prismforet/module.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "vm_facts.hpp"
#include "vm_names.hpp"

namespace vm {

class Filter {
  public:
    // Takes `power_state` and `categories` ("Key:Value") of the options, lists of texts.
    explicit Filter(pf::Value options);

    // Everything is asked for.
    bool wants_all() const noexcept { return states_.empty() && categories_.empty(); }

    // A machine is asked for, by its power state and its categories. One that Prism does not show
    // the state of is: else it would look deleted. Options name states by Prism's words or
    // CloudForet's, in any case of letters. Throws as below.
    bool wants(const Facts& machine, const Names& names) const;

    // An entity with these categories is asked for: it carries one of those named. Looks up keys
    // and values where only UUIDs are known; throws pf::Failure when they could not be read, since
    // what is not asked for cannot be told then.
    bool wants_categories(const std::vector<Category>& categories, const Names& names) const;

  private:
    bool wants_power_state(std::string_view power_state) const;

    std::vector<std::string> states_;  // in capitals
    std::vector<std::string> categories_;
};

}  // namespace vm
