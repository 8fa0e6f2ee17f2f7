// An image: what is known of it, and how both generations of Prism's API show it.
#pragma once

#include <cstdint>
#include <optional>
#include <prismforet/module.hpp>
#include <string_view>
#include <vector>

#include "vm_facts.hpp"

namespace vm {

struct ImageFacts {
    std::string_view name;
    std::string_view description;
    std::string_view type;             // "DISK_IMAGE"
    std::string_view state;            // v3 tells one; empty when all is well
    std::optional<std::int64_t> size;  // bytes
    std::string_view created;
    std::string_view checksum_algorithm;  // "SHA_256"
    std::string_view checksum;
    std::string_view source_type;  // "URL", "VM_DISK", "OBJECTS"
    std::string_view source;       // as Prism has it: may hold a credential
    Reference owner;
    Reference project;
    std::vector<Reference> clusters;  // those that hold a copy
    std::vector<Category> categories;
    bool has_odd_categories = false;  // some are lost, since v3 shows them in another form
};

// Both read everything about `image` into `facts`: of vmm.v4.content.Image, and of the {status,
// spec, metadata} of images/list. The credential beside a URL is never read.
void read_image_v4(pf::Value image, ImageFacts& facts);
void read_image_v3(pf::Value image, ImageFacts& facts);

// The part of a URL that holds no credential: without user, password, query and fragment; empty
// when that cannot be told. `buffer` may hold the result.
std::string_view without_credentials(std::string_view url, std::string& buffer);

}  // namespace vm
