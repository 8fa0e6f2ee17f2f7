// Picture: a resource laid out as metadata says, ready to be drawn on a terminal or a page. The one
// place where layouts are understood; who draws knows nothing of metadata.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/cli/console/field_value.hpp"
#include "host/cli/console/layout.hpp"

namespace pf::host::cli {

// A part of a picture. Texts are clean.
struct Block {
    enum class Kind {
        pairs,  // titles and values: a row of cells each
        grid,   // a table
        text,   // lines
        group,  // only the blocks inside
    };
    struct Column {
        std::string title;
        bool is_number = false;
        bool is_optional = false;  // the console hides it until asked
    };

    Kind kind = Kind::group;
    std::string title;
    std::vector<Column> columns;  // of pairs: one for each pair; of a grid: its columns
    std::vector<std::vector<FieldValue>> rows;  // of pairs: one row; of a grid: its rows
    std::string text;                           // lines, each with its line break
    std::string remark;                         // what somebody who looks should know; may be empty
    std::vector<Block> blocks;  // inside; of pairs and grids: what is behind fields `more`

    // True when nothing of the resource is in it.
    bool is_empty() const;
};

// A resource as the console shows it.
struct Picture {
    std::string title;  // of the kind
    std::string name;   // of the resource
    std::string link;   // to Prism; only https, else empty
    Block row;          // pairs: its row in the console's table
    std::vector<Block> tabs;
};

// Lays out `resource`, as parse_resource gives it. Times are local unless `is_utc`.
Picture make_picture(const std::string& kind_title, const View& view,
                     const nlohmann::ordered_json& resource, bool is_utc);

}  // namespace pf::host::cli
