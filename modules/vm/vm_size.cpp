#include "vm_size.hpp"

#include <algorithm>
#include <cmath>

namespace vm {
namespace {

constexpr double bytes_per_gib = 1024.0 * 1024.0 * 1024.0;

}  // namespace

std::int64_t count_of(pf::Value value) noexcept {
    const std::int64_t count = value.i64(0);
    return count > 0 && count <= 65536 ? count : 0;
}

std::optional<std::int64_t> bytes_of_mib(std::optional<std::int64_t> mib) noexcept {
    constexpr std::int64_t most = std::int64_t{1} << 40;
    if (!mib || *mib < 0 || *mib > most) return std::nullopt;
    return *mib << 20;
}

std::int64_t vcpus_of(const Size& size) noexcept {
    return size.sockets * size.cores_per_socket * std::max<std::int64_t>(size.threads_per_core, 1);
}

void print_size(std::string& out, const Size& size) {
    out.clear();
    if (size.vcpus > 0) (out += std::to_string(size.vcpus)) += " vCPU";
    if (size.memory_bytes <= 0) return;
    if (!out.empty()) out += " / ";
    const auto hundredths =
        std::llround(static_cast<double>(size.memory_bytes) * 100.0 / bytes_per_gib);
    out += std::to_string(hundredths / 100);
    if (hundredths % 100 != 0) {
        out += '.';
        out += static_cast<char>('0' + hundredths / 10 % 10);
        if (hundredths % 10 != 0) out += static_cast<char>('0' + hundredths % 10);
    }
    out += " GB";
}

void write_hardware(pf::Object& data, const Size& size) {
    pf::Object hardware = data.object("hardware");
    if (size.vcpus > 0) hardware.put("core", size.vcpus);
    if (size.memory_bytes > 0) {
        hardware.put("memory", static_cast<double>(size.memory_bytes) / bytes_per_gib);
    }
    if (size.sockets > 0) hardware.put("sockets", size.sockets);
    if (size.cores_per_socket > 0) hardware.put("cores_per_socket", size.cores_per_socket);
    if (size.threads_per_core > 0) hardware.put("threads_per_core", size.threads_per_core);
}

}  // namespace vm
