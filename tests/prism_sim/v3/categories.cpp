#include "tests/prism_sim/v3/categories.hpp"

#include <algorithm>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/v3/envelope.hpp"

namespace pf::sim::v3 {
namespace {

using Entries = std::vector<const Category*>;

template <class Write>
void answer(const Entries& all, const ListRequest& request, Response& response, Write write) {
    const std::uint64_t begin = std::min<std::uint64_t>(request.offset, all.size());
    const std::uint64_t end = std::min<std::uint64_t>(all.size(), begin + request.length);
    JsonWriter out(response.body);
    open_list(out, {"category", all.size(), request.offset, end - begin});
    for (std::uint64_t i = begin; i < end; ++i) {
        out.open_item();
        write(out, *all[i]);
        out.flag("system_defined", all[i]->origin != CategoryOrigin::user);
        out.plain("api_version", kApiVersion);
        out.close();
    }
    close_list(out);
}

}  // namespace

void answer_category_keys(const World& world, const ListRequest& request, Response& response) {
    Entries keys;
    for (const Category& category : world.categories) {
        const auto is_same = [&](const Category* known) { return known->key == category.key; };
        if (std::none_of(keys.begin(), keys.end(), is_same)) keys.push_back(&category);
    }
    answer(keys, request, response, [](JsonWriter& out, const Category& category) {
        out.text("name", category.key);
        out.plain("description", "");
    });
}

void answer_category_values(const World& world, std::string_view key, const ListRequest& request,
                            Response& response) {
    Entries values;
    for (const Category& category : world.categories)
        if (category.key == key) values.push_back(&category);
    if (values.empty()) {
        return write_refusal(
            response, {404, "ENTITY_NOT_FOUND", "The category does not exist.", "", "category"});
    }
    answer(values, request, response, [](JsonWriter& out, const Category& category) {
        out.text("name", category.key);
        out.text("value", category.value);
        out.text("description", category.description);
    });
}

}  // namespace pf::sim::v3
