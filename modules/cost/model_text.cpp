#include "model_text.hpp"

namespace cost {

void refuse_model(std::string_view where, std::string_view what) {
    throw pf::Failure(PF_INVALID_ARGUMENT, "the cost model's '" + std::string(where) + "' " +
                                               std::string(what) +
                                               "; prismforet cost model check FILE tells more");
}

std::optional<Wide> optional_decimal(pf::Value parent, std::string_view key) {
    const pf::Value value = parent[key];
    if (value.is_absent()) return std::nullopt;
    const auto number = parse_decimal(value.str());
    if (!number) {
        refuse_model(key, "is no text with a decimal number of at most 9 decimals, 0 or above");
    }
    return number;
}

Wide decimal(pf::Value parent, std::string_view key) {
    const auto number = optional_decimal(parent, key);
    if (!number) refuse_model(key, "is missing");
    return *number;
}

Wide positive(pf::Value parent, std::string_view key) {
    const Wide number = decimal(parent, key);
    if (number == 0) refuse_model(key, "is 0; it has to be above");
    return number;
}

std::string text(pf::Value parent, std::string_view key) {
    const std::string_view value = parent[key].str();
    if (value.empty()) refuse_model(key, "is missing or empty");
    return std::string(value);
}

Names names(pf::Value parent, std::string_view key) {
    Names result;
    for (const pf::Value value : parent[key]) result.emplace_back(value.str());
    return result;
}

Categories categories(pf::Value parent, std::string_view key) {
    Categories result;
    for (const pf::Value value : parent[key])
        result.push_back({std::string(value["key"].str()), std::string(value["value"].str())});
    return result;
}

Period period(pf::Value parent) {
    constexpr std::string_view words[] = {"hour", "month", "year"};
    return static_cast<Period>(choice(parent, "period", words));
}

}  // namespace cost
