// How a virtual machine of Prism's API v4 becomes a record: straight from the page into the
// writer. What is reused from VM to VM is memory, never content.
#pragma once

#include <prismforet/module.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "vm_devices.hpp"
#include "vm_names.hpp"

namespace vm {

// The size of a VM: what of it is known.
struct Size {
    std::int64_t sockets = 0;  // 0 = unknown, as below
    std::int64_t cores_per_socket = 0;
    std::int64_t threads_per_core = 0;
    std::int64_t vcpus = 0;
    std::int64_t memory_bytes = 0;
};

// Reads the size; a number that cannot be true counts as unknown.
Size size_of(pf::Value machine) noexcept;

// "4 vCPU / 16 GB", in GiB with at most two decimals; without what is unknown.
void print_size(std::string& out, const Size& size);

// CloudForet's word for a power state; empty for one we do not know.
std::string_view instance_state(std::string_view power_state) noexcept;

// One per call.
class RecordWriter {
  public:
    // Both outlive this object. `call` is for notes only.
    RecordWriter(pf::Call& call, const Names& names) noexcept : call_(call), names_(names) {}

    // Writes everything about `machine` into `row`.
    void describe(pf::Row& row, pf::Value machine, std::string_view id);

  private:
    struct Category {
        std::string_view key;
        std::string_view value;
        std::string_view id;
        bool operator<(const Category& other) const noexcept;
    };

    void gather_categories(pf::Value machine, std::string_view id);
    void write_tags(pf::Row& row);
    void write_data(pf::Row& row, pf::Value machine, std::string_view id, const Size& size);
    void write_compute(pf::Object& data, pf::Value machine, std::string_view id);
    void write_nutanix(pf::Object& data, pf::Value machine);
    void write_placement(pf::Row& row, pf::Object& data, pf::Value machine);
    void write_categories(pf::Row& row, pf::Object& data);
    void write_devices(pf::Row& row, pf::Object& data, pf::Value machine);

    pf::Call& call_;
    const Names& names_;
    Addresses addresses_;
    std::vector<Category> categories_;
    bool has_categories_ = false;  // the VM refers to some, known by name or not
    std::string size_text_;
    std::string text_;
};

}  // namespace vm
