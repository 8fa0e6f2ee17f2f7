#include "tests/prism_sim/v3/envelope.hpp"

namespace pf::sim::v3 {

void open_list(JsonWriter& out, const ListMetadata& metadata) {
    out.open_item();
    out.plain("api_version", kApiVersion);
    out.open("metadata");
    out.plain("kind", metadata.kind);
    if (metadata.offset) out.number("offset", *metadata.offset);
    if (metadata.length) out.number("length", *metadata.length);
    out.number("total_matches", metadata.total_matches);
    out.close();
    out.open_list("entities");
}

void close_list(JsonWriter& out) {
    out.close_list();
    out.close();
}

}  // namespace pf::sim::v3
