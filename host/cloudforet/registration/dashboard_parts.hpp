// What dashboards are put together of, as the console keeps it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "host/cloudforet/registration/items.hpp"

namespace pf::host::cloudforet {

// A widget with one data table. `type` is one of the console's, `size` is sm, md, lg or full.
nlohmann::ordered_json widget(std::string name, const char* type, const char* size,
                              nlohmann::ordered_json options, nlohmann::ordered_json table);
// The fields of a widget: the name of a data table's data, or a label of it.
nlohmann::ordered_json data_field(const std::string& data);
nlohmann::ordered_json label_field(const std::string& label);
// A dashboard for everybody in the domain, marked with what it is made of.
Item dashboard_item(const std::string& name, const std::string& description,
                    const nlohmann::ordered_json& layouts);

}  // namespace pf::host::cloudforet
