// RowDigest: a row of a collection to what is kept and compared of it.
//
// Fields are "name", "region_code", "instance_type", "instance_size", "ip_addresses", "tags", and
// per key of data "data.KEY.MEMBER" where it holds an object, else "data.KEY". Their values are
// JSON texts in one form: members are sorted; elements that are objects are too, as their order may
// change without a change.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/status.hpp"
#include "host/services/descriptor.hpp"
#include "host/services/document.hpp"
#include "host/state/snapshot_row.hpp"

namespace pf::host::watch {

// What changes all the time: how much of something is used just now.
const std::vector<std::string>& volatile_fields();

// One object per thread.
class RowDigest {
  public:
    // `ignored` are dotted paths ("data.usage") that do not count, with all below them; an element
    // of a list has the path of the list. The descriptors outlive this object.
    RowDigest(const std::vector<const services::Descriptor*>& modules,
              const std::vector<std::string>& ignored);

    // A row as RowFormat::json_line writes it; nothing when it is no resource of an installed kind,
    // e.g. a failure or a type. DATA_LOSS (ERROR_WATCH_ROW) when it cannot be read or has no id.
    Result<std::optional<state::SnapshotRow>> read(std::string_view line);

  private:
    struct Kind {
        std::string name;
        std::string form;  // changes when the module or what is ignored does
    };

    void put(std::string name, pf_val value, state::SnapshotRow& row) const;
    void put_data(pf_val data, state::SnapshotRow& row) const;

    // By cloud_service_group and cloud_service_type.
    std::map<std::pair<std::string, std::string>, Kind> kinds_;
    std::set<std::string, std::less<>> ignored_;
    services::Document document_;
};

}  // namespace pf::host::watch
