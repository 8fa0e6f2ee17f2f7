#include "image.hpp"

namespace vm {
namespace {

// Each kind of source has a member of its own.
void read_source(pf::Value source, ImageFacts& facts) {
    constexpr struct {
        std::string_view type;
        std::string_view member;
    } kinds[] = {{"URL", "url"}, {"VM_DISK", "extId"}, {"OBJECTS", "key"}};
    for (const auto& kind : kinds) {
        const std::string_view text = source[kind.member].str();
        if (text.empty()) continue;
        facts.source_type = kind.type;
        facts.source = text;
        return;
    }
}

// The type of a checksum is that of its object, or stands beside it.
void read_checksum(pf::Value image, ImageFacts& facts) {
    facts.checksum = image["checksum"]["hexDigest"].str();
    std::string_view type = image["checksum"]["$objectType"].str();
    if (type.empty()) type = image["$checksumItemDiscriminator"].str();
    type = type.substr(type.rfind('.') + 1);
    facts.checksum_algorithm = type == "ImageSha256Checksum" ? "SHA_256"
                               : type == "ImageSha1Checksum" ? "SHA_1"
                                                             : type;
}

}  // namespace

void read_image_v4(pf::Value image, ImageFacts& facts) {
    facts = {};
    facts.name = image["name"].str();
    facts.description = image["description"].str();
    facts.type = image["type"].str();
    facts.size = image["sizeBytes"].i64();
    facts.created = image["createTime"].str();
    facts.owner = {image["ownerExtId"].str(), image["ownerName"].str()};
    facts.project.uuid = image["projectExtId"].str();
    for (pf::Value cluster : image["clusterLocationExtIds"]) {
        if (!cluster.str().empty()) facts.clusters.push_back({cluster.str(), {}});
    }
    for (pf::Value category : image["categoryExtIds"]) {
        facts.categories.push_back({{}, {}, category.str()});
    }
    read_checksum(image, facts);
    read_source(image["source"], facts);
}

}  // namespace vm
