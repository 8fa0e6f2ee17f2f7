// Selection: the resources somebody names, or describes by conditions, on the command line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/cli/filter/row_filter.hpp"

namespace pf::host::cli {

class Selection {
  public:
    // `words` are names, as they are written, or ids, in any case. None: everything is wanted.
    // Those for which `filter` does not hold are left out all the same.
    explicit Selection(std::vector<std::string> words, RowFilter filter = {});

    // True when the resource (JSON text of an object) is wanted; remembers what was found.
    bool wants(std::string_view resource);

    // NOT_FOUND (ERROR_NOT_FOUND) naming what no resource was, each with the name most like it; OK
    // when all were found.
    Status missing() const;
    // What more than one resource was, a line each: "web" is 2 resources: ID ID; ...
    std::vector<std::string> ambiguous() const;
    // What was asked for: names, ids and conditions; none when everything is wanted.
    std::vector<std::string> texts() const;

  private:
    bool is_named(std::string_view resource);

    struct Word {
        std::string text;
        std::string lower;
        std::vector<std::string> ids;  // of the resources it was
    };
    std::vector<Word> words_;
    RowFilter filter_;
    std::vector<std::string> names_;  // seen, for the one that was meant; up to a limit
};

}  // namespace pf::host::cli
