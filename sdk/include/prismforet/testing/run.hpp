// Run: what came of one call of a handler, for a test to look at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "prismforet/testing/json.hpp"
#include "prismforet/testing/recorder.hpp"

namespace pf::testing {

// A note, a skipped entity or a refused record.
struct Finding {
    std::string code;
    std::string id;
    std::string why;
};

// A listing the module asked for.
struct ListRequest {
    std::uint32_t endpoint = 0;
    std::string cluster;
    std::uint32_t page_size = 0;
    std::string parent = {};
};

// A log line.
struct LogLine {
    std::int32_t level = 0;
    std::string text;
};

struct Run {
    pf_status status = PF_OK;
    std::string why;  // what the module gave pf_outcomes.fail
    std::vector<Record> records;
    std::vector<Finding> notes;
    std::vector<Finding> skips;
    std::vector<Finding> refused;  // records the writer refused: code is empty
    std::size_t filtered = 0;
    std::uint64_t odd_reads = 0;        // values that were asked for as another kind than they are
    std::size_t dropped = 0;            // records of entities the host had already had
    std::vector<std::string> lost;      // ids of entities the module left unsettled
    std::vector<std::string> problems;  // breaches of the ABI's rules; a good module has none
    std::vector<ListRequest> requests;
    std::vector<ListRequest> expected;  // what lists.expect was told, one entry per parent
    std::vector<LogLine> logs;

    // How many notes have this code.
    std::size_t notes_of(std::string_view code) const {
        std::size_t count = 0;
        for (const Finding& note : notes) count += note.code == code ? 1 : 0;
        return count;
    }

    // The record of the resource `id`. An absent content when there is none.
    const Record& record(std::string_view id) const {
        static const Record none;
        for (const Record& each : records) {
            if (each.id == id) return each;
        }
        return none;
    }

    // All records in canonical form, in the order they were written.
    Json rows() const {
        Json list = Json::empty(PF_KIND_ARRAY);
        for (const Record& each : records) list.add("", each.canonical());
        return list;
    }

    // Everything that a second way of running the module must repeat, as one text.
    std::string text() const {
        std::string out = "status " + std::to_string(status) + " " + why + "\n";
        for (const Record& each : records) {
            out += "record " + std::to_string(each.output) + " " + each.text() + "\n";
        }
        const auto print = [&out](std::string_view what, const std::vector<Finding>& list) {
            for (const Finding& each : list) {
                (out += what) += " " + each.code + " " + each.id + " " + each.why + "\n";
            }
        };
        print("note", notes);
        print("skip", skips);
        print("refused", refused);
        out +=
            "filtered " + std::to_string(filtered) + " dropped " + std::to_string(dropped) + "\n";
        for (const std::string& id : lost) out += "lost " + id + "\n";
        for (const ListRequest& each : requests) {
            out +=
                "list " + std::to_string(each.endpoint) + " " + each.cluster + each.parent + "\n";
        }
        return out;
    }
};

}  // namespace pf::testing
