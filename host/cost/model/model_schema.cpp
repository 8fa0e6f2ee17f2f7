#include "host/cost/model/model_schema.hpp"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>

#include "host/cost/model/cost_model.hpp"

namespace pf::host::cost {
namespace {

using nlohmann::json;
using Words = std::initializer_list<const char*>;

// A number is read as text, so that no double is in between; an editor sees numbers.
json number(const char* description) {
    return {{"type", {"string", "number"}}, {"description", description}};
}

json text(const char* description) {
    return {{"type", "string"}, {"minLength", 1}, {"maxLength", 255}, {"description", description}};
}

json whole(const char* description, int least, int most) {
    return {
        {"type", "integer"}, {"minimum", least}, {"maximum", most}, {"description", description}};
}

json flag(const char* description) { return {{"type", "boolean"}, {"description", description}}; }

json choice(const char* description, Words words) {
    return {{"type", "string"}, {"enum", words}, {"description", description}};
}

json list(json items, int most = 1000) {
    return {{"type", "array"}, {"maxItems", most}, {"items", std::move(items)}};
}

json map_of(json values, const char* description) {
    return {{"type", "object"},
            {"additionalProperties", std::move(values)},
            {"description", description}};
}

json closed(json properties, Words required = {}) {
    json made = {
        {"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
    if (required.size() > 0) {
        made["required"] = required;
    }
    return made;
}

json with(json properties, const json& more) {
    properties.update(more);
    return properties;
}

// One of them, or a list of them.
json one_or_many(json item) {
    json made = item;
    made["type"] = {"object", "array"};
    made["maxItems"] = 1000;
    made["items"] = std::move(item);
    return made;
}

json number_or_map(const char* description) {
    return {{"type", {"string", "number", "object"}},
            {"additionalProperties", number(description)},
            {"description", description}};
}

json clusters() { return list(text("a cluster's name or UUID, or * for all"), 256); }
json currency() {
    return text("the currency of these prices, e.g. USD; the model's when left out");
}
json valid_from() {
    return text("first day these prices are valid, YYYY-MM-DD; left out: since ever");
}

json period_prices() {
    return {{"hour", number("price per hour")},
            {"month", number("price per month")},
            {"year", number("price per year")}};
}

json life() {
    return {
        {"price", number("price of one")},
        {"life_months", whole("months over which the price is spread, 1 to 600", 1, 600)},
        {"salvage", number("what one is worth at the end; 0 when left out")},
        {"method", choice("how the price is spread", {"straight_line", "max_double_or_straight"})},
        {"bought", text("first day of its life, YYYY-MM-DD; left out: it is always in use")}};
}

json selection() {
    return {{"resources", list(text("a resource's id or name"))},
            {"categories",
             map_of({{"type", {"string", "array"}}, {"maxItems", 1000}, {"items", text("a value")}},
                    "values by category key; one of them is enough")}};
}

json split() {
    return closed({{"cpu", number("share, 0 to 1")},
                   {"memory", number("share, 0 to 1")},
                   {"storage", number("share, 0 to 1")}});
}

json time_schema() {
    const json band = closed(
        {{"band", text("name of the band, e.g. peak")},
         {"days", list(choice("days of the week", {"mon", "tue", "wed", "thu", "fri", "sat", "sun",
                                                   "holiday", "weekdays", "weekend", "all"}),
                       8)},
         {"from", text("wall clock, HH:MM; 00:00 when left out")},
         {"to", text("wall clock, HH:MM; 24:00 when left out; before `from` = over midnight")}},
        {"band"});
    return closed({{"zone", text("billing time zone of the IANA database, e.g. Europe/Berlin")},
                   {"month", choice("730h: every month has 730 hours; calendar: its own",
                                    {"730h", "calendar"})},
                   {"bands", list(band, 100)},
                   {"other_band", text("name of the band of all other hours")},
                   {"holidays", list(text("a date, YYYY-MM-DD"))}});
}

json storage_schema() {
    const json tier =
        closed({{"containers", list(text("a storage container's name or UUID"))},
                {"flash", flag("true: containers on flash only; false: the others")}});
    return closed({{"basis", choice("what of a disk is charged",
                                    {"provisioned", "used", "used_and_snapshots", "physical"})},
                   {"replication_factor", number("copies of each block, 1 or more")},
                   {"data_reduction", number("logical by stored bytes, e.g. 1.6")},
                   {"default_tier", text("tier of what no other tier takes")},
                   {"tiers", map_of(tier, "tiers by name, with the containers that are in them")}});
}

json rate_card() {
    return one_or_many(closed(
        {{"name", text("a name of your choice")},
         {"clusters", clusters()},
         {"currency", currency()},
         {"valid_from", valid_from()},
         {"vcpu_hour", number("price of a vCPU per hour")},
         {"cpu_per_core_hour", number("the same as vcpu_hour")},
         {"memory_gib_hour", number("price of a GiB of memory per hour")},
         {"memory_per_gb_hour", number("the same as memory_gib_hour")},
         {"storage_gib_month", number_or_map("price of a GiB per month, or such prices by tier")},
         {"band_factors", map_of(number("factor on prices per hour in a band"), "factors by band")},
         {"floating_ip_month", number("price of a floating IP per month")},
         {"snapshot_gib_month", number("price of a GiB of snapshots per month")},
         {"recovery_point_gib_month", number("price of a GiB of recovery points per month")},
         {"recovery_point_month", number("price of a recovery point per month")}}));
}

json capacity_schema() {
    return closed(
        {{"nodes", whole("number of nodes; left out: as Prism says", 1, 10000)},
         {"cores_per_node", number("cores of a node; left out: as Prism says")},
         {"memory_gib_per_node", number("memory of a node; left out: as Prism says")},
         {"raw_gib", number("raw storage of the cluster; left out: as Prism says")},
         {"host_reserve", whole("nodes held back for failures, 0 to 64", 0, 64)},
         {"cvm_vcpus", number("cores taken by the CVM of a node")},
         {"cvm_memory_gib", number("memory taken by the CVM of a node")},
         {"hypervisor_memory_gib", number("memory taken by the hypervisor of a node")},
         {"cpu_overcommit", number("vCPUs sold per core")},
         {"memory_overcommit", number("memory sold by memory there is")},
         {"replication_factor", number("copies of each block, 1 or more")},
         {"rebuild_reserve", flag("hold back storage for the nodes that may fail")},
         {"fill_limit", number("share of the storage that may be filled, up to 1")},
         {"target_utilisation", number("share of the capacity meant to be sold, up to 1")}});
}

json lines_of(json properties, Words required) {
    properties.update(
        {{"name", text("a name of your choice; the group's when left out")}, {"split", split()}});
    return one_or_many(closed(std::move(properties), required));
}

json tco() {
    const json per = choice("what there is one of", {"cluster", "node", "core", "vm", "tib"});
    const json count = number("how many; left out: as many as there are");
    const json amount = with(period_prices(), {{"per", per}, {"count", count}});
    json splits = json::object();
    for (const char* group : {"hardware", "support", "software", "facility", "power", "network",
                              "people", "nc2", "other"}) {
        splits[group] = split();
    }
    return one_or_many(closed(
        {{"name", text("a name of your choice")},
         {"clusters", clusters()},
         {"currency", currency()},
         {"valid_from", valid_from()},
         {"capacity", capacity_schema()},
         {"splits", closed(splits)},
         {"hardware",
          lines_of(
              with(life(), {{"count", count},
                            {"per", choice("price is of a node or of all", {"node", "cluster"})},
                            {"support", number("share of the price per year, e.g. 0.10")}}),
              {"price", "life_months"})},
         {"support",
          lines_of(with(amount, {{"ratio_year", number("share of the price per year, e.g. 0.10")},
                                 {"of", list(text("name of a hardware or network line"))}}),
                   {})},
         {"software",
          lines_of(with(amount, {{"minimum", number("count at least this")}}), {"per"})},
         {"facility",
          lines_of(with(period_prices(), {{"units", number("rack units")}, {"kw", number("kW")}}),
                   {})},
         {"power",
          lines_of({{"source", choice("stated: `watts`; measured: what Prism says, else `watts`",
                                      {"stated", "measured"})},
                    {"watts", number("average of a node")},
                    {"nameplate_watts", number("what is printed on a node")},
                    {"factor", number("average by nameplate, up to 1")},
                    {"count", count},
                    {"pue", number("power usage effectiveness, 1 to 5")},
                    {"kwh", number_or_map("price of a kWh, or such prices by band")}},
                   {"kwh"})},
         {"network", lines_of(with(with(life(), period_prices()), {{"count", count}}), {})},
         {"people",
          lines_of(with(period_prices(),
                        {{"fte", number("full-time people for this cluster, e.g. 0.25")}}),
                   {"fte"})},
         {"nc2", lines_of(period_prices(), {})},
         {"other", lines_of(with(amount, {{"minimum", number("count at least this")}}), {})}}));
}

json gpus() {
    return list(
        closed(with(life(), {{"name", text("becomes the usage type gpu.NAME")},
                             {"models", list(text("a GPU's model; * at the end is any rest"))},
                             {"clusters", clusters()},
                             {"currency", currency()},
                             {"hour", number("price of a card per hour")},
                             {"year", number("support and licence of a card per year")},
                             {"card_gib", number("memory of a card")},
                             {"slots", whole("vGPUs that a card holds, 1 to 1024", 1, 1024)},
                             {"charged", choice("while on, or always", {"on", "always"})}}),
               {"name"}));
}

json licences() {
    return list(
        closed(with(with(period_prices(), selection()),
                    {{"name", text("becomes the usage type licence.NAME")},
                     {"clusters", clusters()},
                     {"currency", currency()},
                     {"per", choice("what one licence covers", {"vm", "vcpu", "core", "host"})},
                     {"minimum", number("cores or vCPUs of a machine count at least this")},
                     {"os", list(text("a guest's operating system; * at the end is any rest"))},
                     {"charged", choice("while on, or always", {"on", "always"})}}),
               {"name", "per"}));
}

json items_schema() {
    return list(
        closed(with(with(period_prices(), selection()),
                    {{"name", text("becomes the usage type item.NAME")},
                     {"clusters", clusters()},
                     {"currency", currency()},
                     {"what", choice("what has this price",
                                     {"machine", "volume_group", "recovery_point", "floating_ip",
                                      "storage_container", "host", "cluster", "snapshot"})},
                     {"per", choice("each, or by size", {"item", "gib"})},
                     {"charged", choice("machines: while on, or always", {"on", "always"})}}),
               {"name", "what"}));
}

json allocation() {
    const json rule = closed({{"name", text("a name of your choice")},
                              {"key", text("category key; one of allocation.keys")},
                              {"value", text("what has this value is split")},
                              {"to", map_of(number("share"), "shares by value; they add up to 1")}},
                             {"key", "value", "to"});
    const json pool = closed(
        with(with(period_prices(), selection()),
             {{"name", text("a name of your choice")},
              {"clusters", clusters()},
              {"currency", currency()},
              {"weight",
               choice("how it is shared", {"even", "direct_cost", "vcpus", "memory", "storage"})}}),
        {"name"});
    json idle = closed(
        {{"policy", choice("what becomes of idle cost", {"separate", "share", "owner", "hide"})},
         {"owner", text("the cost centre that pays, with policy owner")}},
        {"policy"});
    idle["type"] = {"object", "string"};
    idle["description"] = "separate, share, owner or hide";
    return closed(
        {{"keys", list(text("a category key that chargeback goes by"), 20)},
         {"tags", list(text("a category key written into the tags of records"), 50)},
         {"untagged", text("name of the bucket of what has no value")},
         {"several_values", choice("of one key", {"even", "first"})},
         {"powered_off", choice("what a machine that is off pays", {"storage", "memory", "all"})},
         {"idle", idle},
         {"rules", list(rule)},
         {"pools", list(pool)}});
}

json make_schema() {
    json schema = closed(
        {{"name", text("name of the model")},
         {"currency", text("currency of all records, e.g. EUR")},
         {"fx",
          map_of(number_or_map("price of 1 unit in the model's currency, or such prices by date"),
                 "exchange rates by currency")},
         {"time", time_schema()},
         {"storage", storage_schema()},
         {"cpu_per_core_hour", number("the same as rate_card.vcpu_hour")},
         {"memory_per_gb_hour", number("the same as rate_card.memory_gib_hour")},
         {"rate_card", rate_card()},
         {"rate_cards", rate_card()},
         {"tco", tco()},
         {"gpus", gpus()},
         {"licences", licences()},
         {"items", items_schema()},
         {"allocation", allocation()}},
        {"currency"});
    schema["$schema"] = "http://json-schema.org/draft-07/schema#";
    schema["title"] = "prismforet cost model";
    return schema;
}

}  // namespace

const json& cost_model_schema() {
    static const json schema = make_schema();
    return schema;
}

std::string cost_model_schema_text() { return cost_model_schema().dump(2); }

}  // namespace pf::host::cost
