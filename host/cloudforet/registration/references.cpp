#include "host/cloudforet/registration/references.hpp"

#include <nlohmann/json.hpp>

namespace pf::host::cloudforet {
namespace {

constexpr std::string_view opening = "${{ tasks.";

// As it stands between the quotes of JSON text.
std::string escaped(const std::string& text) {
    const std::string quoted =
        nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

std::string reference_to(std::string_view task, std::string_view member) {
    return std::string(opening) + std::string(task) + ".output." + std::string(member) + " }}";
}

std::string resolved(std::string document, const KnownIds& ids) {
    for (const auto& [reference, id] : ids) {
        const std::string text = escaped(id);
        for (std::size_t at = document.find(reference); at != document.npos;
             at = document.find(reference, at + text.size())) {
            document.replace(at, reference.size(), text);
        }
    }
    return document;
}

bool has_reference(std::string_view document) noexcept {
    return document.find(opening) != document.npos;
}

}  // namespace pf::host::cloudforet
