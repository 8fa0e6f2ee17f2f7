#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/table.hpp"

namespace pf::sim::v3 {
namespace {

Table image_table(const World& w) {
    return {{"images", "image"},
            size_of(w.images),
            id_of(w.images),
            name_of(w.images),
            nullptr,
            [&w](JsonWriter& out, std::uint32_t i) { write_image(out, w, i); }};
}

}  // namespace

std::vector<Table> make_content_tables(const World& world) { return {image_table(world)}; }

}  // namespace pf::sim::v3
