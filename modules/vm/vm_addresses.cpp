#include "vm_addresses.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace vm {
namespace {

std::optional<std::uint32_t> ipv4_number(std::string_view text) noexcept {
    std::uint32_t number = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (int part = 0; part < 4; ++part) {
        std::uint8_t byte = 0;
        const auto [next, error] = std::from_chars(at, end, byte);
        if (error != std::errc()) return std::nullopt;
        number = number << 8 | byte;
        at = next;
        if (part < 3 && (at == end || *at++ != '.')) return std::nullopt;
    }
    return at == end ? std::optional(number) : std::nullopt;
}

bool is_link_local(std::string_view text) noexcept {
    return text.starts_with("169.254.") || text.starts_with("fe80:") || text.starts_with("FE80:");
}

bool is_before(std::string_view a, std::string_view b) noexcept {
    const auto left = ipv4_number(a);
    const auto right = ipv4_number(b);
    if (left && right && *left != *right) return *left < *right;
    return left.has_value() != right.has_value() ? left.has_value() : a < b;
}

}  // namespace

void Addresses::clear() noexcept {
    found_.clear();
    sorted_.clear();
}

void Addresses::add(std::uint32_t nic, std::string_view text) {
    if (text.empty()) return;
    const bool is_there = std::any_of(found_.begin(), found_.end(), [&](const Address& address) {
        return address.nic == nic && address.text == text;
    });
    if (!is_there) found_.push_back({text, nic});
}

const std::vector<std::string_view>& Addresses::sorted() {
    sorted_.clear();
    for (const Address& address : found_) sorted_.push_back(address.text);
    std::sort(sorted_.begin(), sorted_.end(), is_before);
    sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
    return sorted_;
}

std::string_view Addresses::primary() const noexcept {
    for (const Address& address : found_) {
        if (!is_link_local(address.text)) return address.text;
    }
    return found_.empty() ? std::string_view() : found_.front().text;
}

}  // namespace vm
