// images: the disk images of one Prism Central as CloudForet resources.
#include <prismforet/module.hpp>

namespace {

enum Endpoint : std::uint32_t { images };  // the descriptor's order

class Images final : public pf::Inventory {
  public:
    void collect(pf::Call& call, std::uint32_t output, pf::Value,
                 std::string_view cluster) const override {
        for (pf::Value image : call.list(images, {.cluster = cluster})) {
            const std::string_view id = image["extId"].str();
            if (id.empty()) {
                call.skip(image, "image.no_id", "an image without extId");
                continue;
            }
            pf::Row row = call.begin(output, image, id);
            row.name(image["name"].str());
            row.region("prism-central");
            pf::Object data = row.data();
            data.text("type", image["type"].str());
            data.put("size_bytes", image["sizeBytes"].i64());
            data.copy("clusters", image["clusterLocationExtIds"]);
        }  // the row goes out at the end of its scope
    }
};

}  // namespace

PF_MODULE(Images)
