#include "host/doctor/production/judged.hpp"

#include <nlohmann/json.hpp>
#include <type_traits>

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

Json object_of(const Facts& facts) {
    Json object = Json::object();
    for (const Fact& fact : facts) {
        object[std::string(fact.key)] = std::visit(
            [](const auto& value) -> Json {
                if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::vector<Facts>>) {
                    Json list = Json::array();
                    for (const Facts& one : value) {
                        list.push_back(object_of(one));
                    }
                    return list;
                } else {
                    return Json(value);
                }
            },
            fact.value);
    }
    return object;
}

Status problem(const std::string& text) {
    return {Code::failed_precondition, "ERROR_NOT_FOR_PRODUCTION", text};
}

}  // namespace

Finding with_facts(Finding finding, const Facts& facts) {
    finding.facts = object_of(facts).dump(-1, ' ', false, Json::error_handler_t::replace);
    return finding;
}

Finding fit(const std::string& check, const std::string& text, const Facts& facts) {
    return with_facts(found_good(check, text), facts);
}

Finding doubtful(const std::string& check, const std::string& text, const std::string& advice,
                 const Facts& facts) {
    return with_facts(found_warning(check, text, problem(text), advice), facts);
}

Finding unfit(const std::string& check, const std::string& text, const std::string& advice,
              const Facts& facts) {
    Finding finding = found_failure(check, problem(text + "; " + advice));
    finding.advice = advice;  // which may have a semicolon of its own
    finding.text = text;
    return with_facts(std::move(finding), facts);
}

}  // namespace pf::host::doctor
