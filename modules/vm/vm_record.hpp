// How what is known of a virtual machine becomes a record: straight into the writer, whichever
// generation of Prism's API told it. What is reused from VM to VM is memory, never content.
#pragma once

#include <prismforet/module.hpp>
#include <string>
#include <string_view>

#include "vm_categories.hpp"
#include "vm_facts.hpp"
#include "vm_names.hpp"

namespace vm {

// One per call.
class RecordWriter {
  public:
    // Both outlive this object.
    RecordWriter(pf::Call& call, const Names& names) noexcept
        : call_(call), names_(names), categories_(call, names) {}

    // Writes everything known into `row`. Completes and sorts the categories of `facts`.
    void describe(pf::Row& row, Facts& facts, std::string_view id);

  private:
    void write_data(pf::Row& row, const Facts& facts, std::string_view id);
    void write_compute(pf::Object& data, const Facts& facts, std::string_view id);
    void write_resources(pf::Row& row, pf::Object& data, const Facts& facts);
    void write_devices(pf::Row& row, pf::Object& data, const Facts& facts);
    void write_placement(pf::Row& row, pf::Object& data, const Facts& facts);

    pf::Call& call_;
    const Names& names_;
    Categories categories_;
    std::string size_text_;
    std::string text_;
};

}  // namespace vm
