#include "vm_facts.hpp"

#include <algorithm>
#include <tuple>

namespace vm {

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

bool Category::operator<(const Category& other) const noexcept {
    return std::tie(key, value, uuid) < std::tie(other.key, other.value, other.uuid);
}

void Facts::clear() {
    std::vector<Disk> disk_memory = std::move(disks);
    std::vector<Nic> nic_memory = std::move(nics);
    std::vector<Gpu> gpu_memory = std::move(gpus);
    std::vector<Category> category_memory = std::move(categories);
    std::vector<UnknownWord> word_memory = std::move(unknown_words);
    Addresses address_memory = std::move(addresses);
    *this = Facts();
    disk_memory.clear();
    nic_memory.clear();
    gpu_memory.clear();
    category_memory.clear();
    word_memory.clear();
    address_memory.clear();
    disks = std::move(disk_memory);
    nics = std::move(nic_memory);
    gpus = std::move(gpu_memory);
    categories = std::move(category_memory);
    unknown_words = std::move(word_memory);
    addresses = std::move(address_memory);
}

}  // namespace vm
