// What `register` is about to do, or did, for people and for programs; and as files for
// CloudForet's own tools.
#pragma once

#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/cli/table.hpp"
#include "host/cloudforet/registration/registrar.hpp"

namespace pf::host::cli {

// One line per step and a summary behind them. `is_done`: the steps were made, not only planned.
std::string register_table(const std::vector<cloudforet::Step>& steps, bool is_done,
                           const TableLook& look);
// The same with whole documents, as JSON text or YAML. No secret is in it.
std::string register_json(const std::vector<cloudforet::Step>& steps, bool is_done);
std::string register_yaml(const std::vector<cloudforet::Step>& steps, bool is_done);

// Where the webhooks that were made take events, with their access keys; `base` stands before a
// path, "https://monitoring.example.com". Empty when none was made. It is the only text here with a
// secret: for standard output and nowhere else.
std::string webhook_text(const std::vector<cloudforet::Step>& steps, std::string base);

// Writes one file per item into `directory`, which is made when it is not there, each the request
// that `spacectl exec` and `cfctl exec` send, and tasks.yaml, which `spacectl apply` takes. No
// secret is in them. FAILED_PRECONDITION (ERROR_OUTPUT) says what cannot be written.
Status export_items(const std::vector<cloudforet::Item>& items, const std::string& directory);

}  // namespace pf::host::cli
