// How what is known of a virtual machine becomes a record: straight into the writer, whichever
// generation of Prism's API told it. What is reused from VM to VM is memory, never content.
#pragma once

#include <prismforet/module.hpp>
#include <string>
#include <string_view>

#include "vm_facts.hpp"
#include "vm_names.hpp"

namespace vm {

// "4 vCPU / 16 GB", in GiB with at most two decimals; without what is unknown.
void print_size(std::string& out, const Size& size);

// CloudForet's word for a power state; empty for one we do not know.
std::string_view instance_state(std::string_view power_state) noexcept;

// A time in whole seconds, which is all that v3 knows: "2026-03-02T09:15:46Z" of
// "2026-03-02T09:15:46.269181Z". `buffer` may hold the result.
std::string_view whole_seconds(std::string_view time, std::string& buffer);

// One per call.
class RecordWriter {
  public:
    // Both outlive this object. `call` is for notes only.
    RecordWriter(pf::Call& call, const Names& names) noexcept : call_(call), names_(names) {}

    // Writes everything known into `row`. Completes and sorts the categories of `facts`.
    void describe(pf::Row& row, Facts& facts, std::string_view id);

  private:
    void complete_categories(Facts& facts, std::string_view id);
    void write_tags(pf::Row& row, const Facts& facts);
    void write_data(pf::Row& row, const Facts& facts, std::string_view id);
    void write_compute(pf::Object& data, const Facts& facts, std::string_view id);
    void write_resources(pf::Row& row, pf::Object& data, const Facts& facts);
    void write_devices(pf::Row& row, pf::Object& data, const Facts& facts);
    void write_placement(pf::Row& row, pf::Object& data, const Facts& facts);
    void write_categories(pf::Row& row, pf::Object& data, const Facts& facts);

    pf::Call& call_;
    const Names& names_;
    bool hides_categories_ = false;  // the VM has some, and they could not be found out
    std::string size_text_;
    std::string text_;
};

}  // namespace vm
