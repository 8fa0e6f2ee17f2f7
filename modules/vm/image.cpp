// Kind image: every image of the Prism Central, whichever clusters hold a copy.
#include "image.hpp"

#include <algorithm>
#include <string>

#include "kinds.hpp"
#include "vm_categories.hpp"
#include "vm_filter.hpp"
#include "vm_names.hpp"
#include "vm_reference.hpp"
#include "vm_time.hpp"
#include "vm_v3.hpp"
#include "vm_v4.hpp"

namespace vm {
namespace {

// Only v3 says that an image is being made or broken; both say which clusters hold it.
std::string_view state_of(const ImageFacts& facts) noexcept {
    if (!facts.state.empty()) return facts.state;
    return facts.clusters.empty() ? "NO_COPY" : "AVAILABLE";
}

void write_source(pf::Object& image, const ImageFacts& facts, std::string& buffer) {
    if (facts.source_type.empty()) return;
    pf::Object source = image.object("source");
    source.put("type", facts.source_type);
    if (facts.source_type == "URL") {
        source.text("url", without_credentials(facts.source, buffer));
    } else {
        source.text("id", facts.source);
    }
}

void write_image(pf::Object& data, const ImageFacts& facts, std::string_view id,
                 std::string& buffer) {
    pf::Object image = data.object("image");
    image.put("uuid", id);
    image.text("type", facts.type);
    image.put("state", state_of(facts));
    image.text("description", facts.description);
    image.put("size_bytes", facts.size);
    image.text("created_at", whole_seconds(facts.created, buffer));
    image.text("owner_uuid", facts.owner.uuid);
    image.text("owner_name", facts.owner.name);
    image.put("cluster_count", facts.clusters.size());
    if (!facts.checksum.empty()) {
        pf::Object checksum = image.object("checksum");
        checksum.text("algorithm", facts.checksum_algorithm);
        checksum.put("digest", facts.checksum);
    }
    write_source(image, facts, buffer);
}

// In the order of UUIDs: Prism's own order may change from answer to answer.
void write_clusters(pf::Row& row, pf::Object& data, ImageFacts& facts, const Names& names) {
    auto& clusters = facts.clusters;
    const auto is_hidden = [&](const Reference& each) { return names.clusters.hides(each); };
    if (std::any_of(clusters.begin(), clusters.end(), is_hidden)) return row.unknown("clusters");
    std::sort(clusters.begin(), clusters.end(),
              [](const Reference& a, const Reference& b) { return a.uuid < b.uuid; });
    pf::Array list = data.array("clusters");
    for (const Reference& cluster : clusters) {
        pf::Object out = list.object();
        out.put("uuid", cluster.uuid);
        out.text("name", names.clusters.name_of(cluster));
    }
}

// One per call; what is reused from image to image is memory.
class ImageWriter {
  public:
    ImageWriter(pf::Call& call, const Names& names) noexcept
        : call_(call), names_(names), categories_(call, names) {}

    void describe(pf::Row& row, ImageFacts& facts, std::string_view id) {
        if (facts.has_odd_categories) {
            call_.note("vm.unknown_word", id, "categories_mapping is 'no object'");
        }
        categories_.complete(facts.categories, id, false);
        row.name(facts.name);
        row.region("prism-central");
        row.instance_type(facts.type);
        if (facts.size) row.instance_size(static_cast<double>(*facts.size));
        row.link(text_.assign("/console/#page/explore/images/").append(id));
        categories_.write_tags(row, facts.categories);
        pf::Object data = row.data();
        write_image(data, facts, id, text_);
        write_clusters(row, data, facts, names_);
        write_reference(row, data, "project", facts.project, names_.projects);
        categories_.write(row, data, facts.categories);
    }

  private:
    pf::Call& call_;
    const Names& names_;
    Categories categories_;
    std::string text_;
};

}  // namespace

// An '@' behind the authority may be part of a password that was not escaped: then nothing of the
// URL is safe.
std::string_view without_credentials(std::string_view url, std::string& buffer) {
    const std::size_t scheme = url.find("://");
    const std::size_t host = scheme == url.npos ? 0 : scheme + 3;
    const std::size_t path = std::min(url.find_first_of("/?#", host), url.size());
    if (url.find('@', path) != url.npos) return {};
    const std::string_view place = url.substr(0, url.find_first_of("?#"));
    const std::size_t at = url.substr(0, path).rfind('@');
    if (at == url.npos) return place;
    buffer.assign(url.substr(0, host)).append(place.substr(at + 1));
    return buffer;
}

void collect_images(pf::Call& call, const Order& order) {
    pf::List images = call.list(Endpoint::images, {.cluster = order.cluster});
    auto at = images.begin();
    const bool is_v3 = images.dialect() == 3;
    const Names names(call, images.dialect());
    if (!is_v3) open_all({&names.clusters, &names.categories, &names.projects});
    const Filter filter(order.options);
    ImageWriter records(call, names);
    ImageFacts facts;
    for (; at != images.end(); ++at) {
        const pf::Value image = *at;
        const std::string_view id = is_v3 ? id_of_v3(image) : id_of_v4(image);
        if (id.empty()) {
            call.skip(image, "image.no_id", "an image without a UUID");
            continue;
        }
        is_v3 ? read_image_v3(image, facts) : read_image_v4(image, facts);
        if (!filter.wants_categories(facts.categories, names)) {
            call.filtered(image);
            continue;
        }
        pf::Row row = call.begin(order.output, image, id);
        records.describe(row, facts, id);
    }
}

}  // namespace vm
