#include "entity.hpp"

namespace network {
namespace {

// Since 4.4 the project stands outside of the metadata as well.
Reference project_of_v4(pf::Value entity) noexcept {
    const pf::Value metadata = entity["metadata"];
    Reference project = {metadata["projectReferenceId"].str(), metadata["projectName"].str()};
    if (project.uuid.empty()) project.uuid = entity["projectExtId"].str();
    return project;
}

void read_v4(pf::Value entity, Entity& out) {
    out.name = entity["name"].str();
    out.description = entity["description"].str();
    out.owner = entity["metadata"]["ownerUserName"].str();
    out.project = project_of_v4(entity);
    read_category_ids(entity["metadata"]["categoryIds"], out.categories);
}

// `categories` keeps one value per key only, so it is the second choice.
void read_v3(pf::Value entity, Entity& out) {
    const pf::Value status = entity["status"];
    const pf::Value metadata = entity["metadata"];
    out.name = status["name"].str();
    if (out.name.empty()) out.name = entity["spec"]["name"].str();
    out.description = status["description"].str();
    out.owner = metadata["owner_reference"]["name"].str();
    out.project = reference_of(metadata["project_reference"]);
    const pf::Value mapping = metadata["categories_mapping"];
    read_category_map(mapping.exists() ? mapping : metadata["categories"], out.categories);
}

}  // namespace

std::string_view id_of(pf::Value entity, int dialect) noexcept {
    return dialect == 3 ? entity["metadata"]["uuid"].str() : entity["extId"].str();
}

void read_entity(pf::Value entity, int dialect, Entity& out) {
    dialect == 3 ? read_v3(entity, out) : read_v4(entity, out);
}

Reference reference_of(pf::Value reference) noexcept {
    return {reference["uuid"].str(), reference["name"].str()};
}

std::string_view ip_of(pf::Value address) noexcept {
    if (address.kind() == pf::Kind::text) return address.str();
    for (const std::string_view key : {"value", "ip"}) {
        const std::string_view text = address[key].str();
        if (!text.empty()) return text;
    }
    for (const std::string_view family : {"ipv4", "ipv6"}) {
        const std::string_view text = address[family]["value"].str();
        if (!text.empty()) return text;
    }
    return address.str();  // none, and the host counts it as odd
}

void read_ips(pf::Value list, std::vector<std::string_view>& out) {
    for (pf::Value each : list) {
        if (!ip_of(each).empty()) out.push_back(ip_of(each));
    }
}

std::string cidr_of(pf::Value subnet) {
    for (const std::string_view family : {"ipv4", "ipv6"}) {
        if (subnet[family].exists()) return cidr_of(subnet[family]);
    }
    const std::string_view address = ip_of(subnet["ip"]);
    auto length = subnet["prefixLength"].i64();
    if (!length) length = subnet["prefix_length"].i64();
    if (address.empty() || !length) return {};
    return std::string(address) + "/" + std::to_string(*length);
}

void write_head(const Record& record, const Entity& entity, std::string_view region,
                std::string_view page) {
    record.row.name(entity.name);
    record.row.region(region);
    std::string link = "/console/#page/explore/";
    record.row.link(link.append(page).append("/").append(record.id));
    if (!entity.are_categories_hidden) write_tags(record.row, entity.categories);
}

void write_tail(const Record& record, pf::Object& data, const Entity& entity) {
    if (!entity.project.uuid.empty()) {
        pf::Object project = data.object("project");
        project.put("uuid", entity.project.uuid);
        project.text("name", entity.project.name);
    }
    if (entity.are_categories_hidden) return record.row.unknown("categories");
    write_categories(data, "categories", entity.categories);
}

void write_reference(const Record& record, pf::Object& data, std::string_view key,
                     const Reference& reference, const NameTable& names) {
    if (names.hides(reference)) return record.row.unknown(key);
    if (reference.uuid.empty()) return;
    pf::Object out = data.object(key);
    out.put("uuid", reference.uuid);
    out.text("name", names.name_of(reference));
}

void write_texts(pf::Object& out, std::string_view key,
                 const std::vector<std::string_view>& texts) {
    pf::Array list = out.array(key);
    for (const std::string_view text : texts) list.add(text);
}

}  // namespace network
