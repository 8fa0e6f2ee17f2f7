#include "host/loader/refusal.hpp"

#include <algorithm>

namespace pf::host::loader {

Status refuse(std::string_view reason, std::string_view rule, std::string_view fix) {
    std::string message(rule);
    message.append("; ").append(fix);
    return Status(Code::failed_precondition, std::string(reason), std::move(message));
}

bool is_name(std::string_view text) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.empty() && text.size() <= 64 && is_letter(text[0]) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace pf::host::loader
