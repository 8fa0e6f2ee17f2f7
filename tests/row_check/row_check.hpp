// A mechanical check of the rows a collector sends to CloudForet.
//
// It reads serialized spaceone.api.inventory.plugin.ResourceInfo messages with a decoder of its own
// and knows what CloudForet's inventory does with them: what it rejects, drops, or shows wrongly.
// Use it in every test that sees rows:
//
//     pf::test::RowCheck check;
//     for (const std::string& row : rows) check.add(row);
//     REQUIRE(pf::test::describe(check.finish()) == "");
//
// A RowCheck belongs to one thread at a time. It never throws on bad rows: they are violations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pf::test {

// One rule of the check. `section` is the part of CloudForet's protocol facts it comes from.
struct Rule {
    std::string_view id;
    std::string_view section;
    std::string_view meaning;
    bool is_note = false;  // reported by notes(), not by finish()
};

// Every rule the check knows, in a stable order; lives as long as the program.
std::span<const Rule> all_rules();

// One broken rule: which, in which row (and where in it), and what was found there.
struct Violation {
    std::string rule;
    std::string where;
    std::string what;
};

// One line per violation; empty text for an empty list.
std::string describe(const std::vector<Violation>& violations);

struct RowCheckOptions {
    // The provider every row must carry.
    std::string provider = "nutanix";
    // True when all rows of a job are added: regions, types and namespaces must then be among them.
    // Set it to false for the rows of one task.
    bool whole_run = true;
    // True when each CloudService row must point to its type's console tabs.
    bool require_pointer = true;
    // Texts that must appear in no row, such as the password used by the test.
    std::vector<std::string> forbidden_texts;
    // Reports kept per rule; further ones are only counted.
    std::size_t kept_per_rule = 20;
};

class RowCheck {
  public:
    explicit RowCheck(RowCheckOptions options = {});
    ~RowCheck();
    RowCheck(RowCheck&&) noexcept;
    RowCheck& operator=(RowCheck&&) noexcept;

    // Checks one row; the bytes are not kept.
    void add(std::string_view resource_info_bytes);

    // All violations so far, those between rows included; may be called again after more rows.
    std::vector<Violation> finish() const;

    // Remarks that are no violations, such as console fields that no row fills.
    std::vector<Violation> notes() const;

    // How often a rule was broken within rows, also beyond kept_per_rule.
    std::uint64_t count_of(std::string_view rule) const;

    // Rows and bytes added.
    std::uint64_t rows() const;
    std::uint64_t bytes() const;

    // Rows per resource_type text and per state name ("SUCCESS", "FAILURE", other numbers as text).
    const std::map<std::string, std::uint64_t>& rows_by_type() const;
    const std::map<std::string, std::uint64_t>& rows_by_state() const;

    // Distinct CloudService rows, told apart by resource_id, group, type and account.
    std::size_t unique_services() const;

    // Sorted distinct reference.resource_id values of CloudService rows of one type; both arguments
    // empty means all types.
    std::vector<std::string> service_ids(std::string_view group = {},
                                         std::string_view type = {}) const;

    // The first messages of FAILURE rows, in order of arrival, at most 100.
    const std::vector<std::string>& failure_messages() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// A row as JSON text {state, message, resource_type, match_rules, resource}, for golden files and
// messages; json_data and json_metadata stay texts. Bytes that are no row give {"error": ...}.
std::string row_as_json(std::string_view resource_info_bytes);

}  // namespace pf::test
