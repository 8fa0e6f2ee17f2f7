#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

void write_image_source(JsonWriter& out, const Image& image) {
    out.plain("image_type", image.type == ImageType::iso ? "ISO_IMAGE" : "DISK_IMAGE");
    out.plain("architecture", "X86_64");
    if (!image.source_url.empty()) out.text("source_uri", image.source_url);
}

void write_quotas(JsonWriter& out, std::uint32_t project) {
    struct Quota {
        std::string_view type, units;
        std::uint64_t limit, value;
    };
    const std::uint64_t share = project + 1;
    const Quota quotas[] = {{"VCPUS", "COUNT", 100 * share, 8 * share},
                            {"MEMORY", "BYTES", share << 40, share << 34},
                            {"STORAGE", "BYTES", 10 * share << 40, 150 * share << 30}};
    out.open_list("resources");
    for (const Quota& quota : quotas) {
        out.open_item();
        out.plain("resource_type", quota.type);
        out.number("limit", quota.limit);
        out.number("value", quota.value);
        out.plain("units", quota.units);
        out.close();
    }
    out.close_list();
}

}  // namespace

void write_image(JsonWriter& out, const World& world, std::uint32_t index) {
    const Image& image = world.images[index];
    out.open("status");
    out.text("name", image.name);
    out.plain("state", "COMPLETE");
    out.text("description", image.description);
    out.open("resources");
    write_image_source(out, image);
    out.number("size_bytes", image.bytes);
    out.open_list("retrieval_uri_list");
    out.element("https://127.0.0.1:9440/api/nutanix/v3/images/" + to_text(image.id) + "/file");
    out.close_list();
    out.open_list("current_cluster_reference_list");
    for (const std::uint32_t cluster : image.clusters)
        reference_item(out, "cluster", world.clusters[cluster].id);
    out.close_list();
    out.close();
    out.close();
    out.open("spec");
    out.text("name", image.name);
    out.open("resources");
    write_image_source(out, image);
    out.close();
    out.close();
    const Categories categories{&image.category, image.category == kNone ? 0U : 1U};
    write_metadata(out, world,
                   {.kind = "image",
                    .id = image.id,
                    .created_us = image.created_us,
                    .updated_us = image.created_us,
                    .categories = categories,
                    .owner = image.owner,
                    .project = 0});
}

void write_project(JsonWriter& out, const World& world, std::uint32_t index) {
    const Project& project = world.projects[index];
    out.open("status");
    out.text("name", project.name);
    out.plain("state", "COMPLETE");
    out.text("description", project.description);
    out.open("resources");
    out.flag("is_default", project.is_default);
    out.open_list("cluster_reference_list");
    if (project.is_default)
        for (const Cluster& cluster : world.clusters) reference_item(out, "cluster", cluster.id);
    out.close_list();
    out.open_list("subnet_reference_list");
    for (const Subnet& subnet : world.subnets)
        if (subnet.project == index) reference_item(out, "subnet", subnet.id);
    out.close_list();
    if (project.is_default || index % 2 == 0) {
        out.open("resource_domain");
        write_quotas(out, index);
        out.close();
    }
    out.close();
    out.close();
    out.open("spec");
    out.text("name", project.name);
    empty_object(out, "resources");
    out.close();
    write_metadata(out, world,
                   {.kind = "project",
                    .id = project.id,
                    .created_us = project.created_us,
                    .updated_us = project.created_us,
                    .owner = 0,
                    .project = index});
}

}  // namespace pf::sim::v3
