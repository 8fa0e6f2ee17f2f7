#include "image.hpp"
#include "vm_categories.hpp"

namespace vm {
namespace {

Reference reference_of(pf::Value reference) noexcept {
    return {reference["uuid"].str(), reference["name"].str()};
}

void read_resources(pf::Value resources, ImageFacts& facts) {
    facts.type = resources["image_type"].str();
    facts.size = resources["size_bytes"].i64();
    facts.checksum_algorithm = resources["checksum"]["checksum_algorithm"].str();
    facts.checksum = resources["checksum"]["checksum_value"].str();
    facts.source = resources["source_uri"].str();
    if (!facts.source.empty()) {
        facts.source_type = "URL";
    } else if (const pf::Value source = resources["data_source_reference"]; source.exists()) {
        facts.source_type = source["kind"].str() == "vm_disk" ? "VM_DISK" : source["kind"].str();
        facts.source = source["uuid"].str();
    }
    for (pf::Value cluster : resources["current_cluster_reference_list"]) {
        const Reference reference = reference_of(cluster);
        if (!reference.uuid.empty()) facts.clusters.push_back(reference);
    }
}

}  // namespace

void read_image_v3(pf::Value image, ImageFacts& facts) {
    facts = {};
    const pf::Value status = image["status"];
    const pf::Value metadata = image["metadata"];
    facts.name = status["name"].str(image["spec"]["name"].str());
    facts.description = status["description"].str();
    if (status["state"].str() != "COMPLETE") facts.state = status["state"].str();
    facts.created = metadata["creation_time"].str();
    facts.owner = reference_of(metadata["owner_reference"]);
    facts.project = reference_of(metadata["project_reference"]);
    facts.has_odd_categories = !read_categories_v3(metadata, facts.categories);
    read_resources(status["resources"], facts);
}

}  // namespace vm
