#include "vm_facts.hpp"

#include <tuple>

namespace vm {

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
