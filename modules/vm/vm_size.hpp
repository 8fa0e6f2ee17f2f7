// The size of a machine: what is known of its vCPUs and memory, read and written.
#pragma once

#include <cstdint>
#include <optional>
#include <prismforet/module.hpp>
#include <string>

namespace vm {

struct Size {
    std::int64_t sockets = 0;  // 0 = unknown, as below
    std::int64_t cores_per_socket = 0;
    std::int64_t threads_per_core = 0;
    std::int64_t vcpus = 0;
    std::int64_t memory_bytes = 0;
};

// A count of sockets, cores or threads; 0 when it is missing or cannot be true.
std::int64_t count_of(pf::Value value) noexcept;

// Mebibytes in bytes; nothing when there are none or too many.
std::optional<std::int64_t> bytes_of_mib(std::optional<std::int64_t> mib) noexcept;

// The vCPUs that sockets, cores and threads make.
std::int64_t vcpus_of(const Size& size) noexcept;

// "4 vCPU / 16 GB", in GiB with at most two decimals; without what is unknown.
void print_size(std::string& out, const Size& size);

// data.hardware.
void write_hardware(pf::Object& data, const Size& size);

}  // namespace vm
