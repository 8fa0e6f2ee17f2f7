#include "tests/faults/situation.hpp"

#include <map>

namespace pf::test {

std::uint64_t Situation::page() const {
    switch (place) {
        case Place::first:
            return 0;
        case Place::middle:
            return last_page / 2;
        case Place::last:
            break;
    }
    return last_page;
}

std::uint64_t Situation::on_page() const {
    return page() == last_page ? vms - last_page * page_size : page_size;
}

std::string Situation::field(const std::string& v4_name) const {
    static const std::map<std::string, std::string> in_v3 = {
        {"extId", "metadata.uuid"},
        {"name", "status.name"},
        {"description", "status.description"},
        {"powerState", "status.resources.power_state"},
        {"memorySizeBytes", "status.resources.memory_size_mib"},
        {"numSockets", "status.resources.num_sockets"},
        {"numCoresPerSocket", "status.resources.num_vcpus_per_socket"},
        {"disks", "status.resources.disk_list"},
        {"nics", "status.resources.nic_list"},
        {"host", "status.resources.host_reference"},
        {"machineType", "status.resources.machine_type"},
        {"categories", "metadata.categories_mapping"},
        {"cluster", "status.cluster_reference"},
        {"cluster.extId", "status.cluster_reference.uuid"},
        {"createTime", "metadata.creation_time"}};
    const auto found = generation == Generation::v3 ? in_v3.find(v4_name) : in_v3.end();
    return found == in_v3.end() ? v4_name : found->second;
}

std::string Situation::list_path() const {
    return generation == Generation::v4 ? "/ahv/config/vms" : "/v3/vms/list";
}

std::string Situation::place_name() const {
    switch (place) {
        case Place::first:
            return "first";
        case Place::middle:
            return "middle";
        case Place::last:
            break;
    }
    return "last";
}

std::vector<Situation> all_situations(const std::vector<Generation>& generations, bool by_page) {
    const std::vector<Place> places =
        by_page ? std::vector{Place::first, Place::middle, Place::last} : std::vector{Place::first};
    std::vector<Situation> all;
    for (const Generation generation : generations) {
        for (const Place place : places) {
            for (const std::uint64_t seed : {1u, 2u, 3u}) {
                all.push_back({generation, place, seed});
            }
        }
    }
    return all;
}

}  // namespace pf::test
