// Reads single values of the model's document. The host has validated it; what is odd all the same
// ends the call with the place, so that no wrong price is ever taken for a right one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <prismforet/module.hpp>

#include "model.hpp"

namespace cost {

// Ends the call: `what` is wrong in the model.
[[noreturn]] void refuse_model(std::string_view where, std::string_view what);

// A decimal number; absent: nothing.
std::optional<Wide> optional_decimal(pf::Value parent, std::string_view key);
// A decimal number that has to be there.
Wide decimal(pf::Value parent, std::string_view key);
// A decimal number above 0.
Wide positive(pf::Value parent, std::string_view key);
// A text that has to be there.
std::string text(pf::Value parent, std::string_view key);
// A list of texts; absent: none.
Names names(pf::Value parent, std::string_view key);
// [{"key", "value"}]; absent: none.
Categories categories(pf::Value parent, std::string_view key);
// "hour", "month" or "year".
Period period(pf::Value parent);

// The position of `word` in `words`, or the end of the call.
template <std::size_t Count>
std::size_t choice(pf::Value parent, std::string_view key, const std::string_view (&words)[Count]) {
    const std::string_view word = parent[key].str();
    for (std::size_t i = 0; i < Count; ++i)
        if (words[i] == word) return i;
    refuse_model(key, "has the unknown value '" + std::string(word) + "'");
}

}  // namespace cost
