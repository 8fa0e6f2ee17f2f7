#include "tests/prism_sim/v4/entities.hpp"
#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kImages = {"vmm",
                                     "content/images",
                                     "vmm.v4.content.Image",
                                     "vmm.v4.content.ListImagesApiResponse",
                                     "vmm.v4.content.GetImageApiResponse",
                                     "image",
                                     "imageExtId",
                                     "image"};

constexpr CollectionNames kTemplates = {"vmm",
                                        "content/templates",
                                        "vmm.v4.content.Template",
                                        "vmm.v4.content.ListTemplatesApiResponse",
                                        "vmm.v4.content.GetTemplateApiResponse",
                                        "template",
                                        "templateExtId",
                                        "template"};

Table image_table(const World& w) {
    const auto matches = [&w](std::uint32_t i, const Filter& filter) -> std::optional<bool> {
        if (filter.field != "type") return std::nullopt;
        return filter.value == (w.images[i].type == ImageType::iso ? "ISO_IMAGE" : "DISK_IMAGE");
    };
    return {kImages,         size_of(w.images),
            id_of(w.images), name_of(w.images),
            matches,         [&w](ObjectWriter& out, std::uint32_t i) { write_image(out, w, i); }};
}

Table template_table(const World& w) {
    return {kTemplates,
            size_of(w.templates),
            id_of(w.templates),
            name_of(w.templates),
            nullptr,
            [&w](ObjectWriter& out, std::uint32_t i) { write_template(out, w, i); },
            nullptr,
            "extId",
            "templateName"};
}

}  // namespace

std::vector<Table> make_content_tables(const World& world) {
    return {image_table(world), template_table(world)};
}

}  // namespace pf::sim
