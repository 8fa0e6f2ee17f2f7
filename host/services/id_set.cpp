#include "host/services/id_set.hpp"

namespace pf::host::services {
namespace {

int hex_digit(char byte) noexcept {
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    const char lower = static_cast<char>(byte | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

bool IdSet::parse(std::string_view id, Key& key) noexcept {
    if (id.size() != 36) {
        return false;
    }
    std::uint64_t words[2] = {0, 0};
    int digits = 0;
    for (std::size_t i = 0; i < 36; ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (id[i] != '-') {
                return false;
            }
            continue;
        }
        const int digit = hex_digit(id[i]);
        if (digit < 0) {
            return false;
        }
        words[digits / 16] = words[digits / 16] << 4 | static_cast<std::uint64_t>(digit);
        ++digits;
    }
    key = Key{words[0], words[1]};
    return true;
}

std::size_t IdSet::find(const Key& key) const noexcept {
    // Ids of one Prism may differ in a few digits only: mix before taking low bits.
    std::uint64_t hash = (key.high ^ (key.low * 0x9E3779B97F4A7C15ull)) * 0xBF58476D1CE4E5B9ull;
    hash ^= hash >> 31;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(hash) & mask;
    while (!(slots_[at] == Key{}) && !(slots_[at] == key)) {
        at = (at + 1) & mask;
    }
    return at;
}

void IdSet::grow() {
    std::vector<Key> old = std::move(slots_);
    slots_.assign(old.empty() ? 1024 : old.size() * 2, Key{});
    for (const Key& key : old) {
        if (!(key == Key{})) {
            slots_[find(key)] = key;
        }
    }
}

bool IdSet::insert(std::string_view id) {
    Key key;
    if (!parse(id, key)) {
        return others_.emplace(id).second;
    }
    if (key == Key{}) {
        const bool is_new = !has_zero_;
        has_zero_ = true;
        uuids_ += is_new ? 1 : 0;
        return is_new;
    }
    if ((uuids_ + 1) * 5 > slots_.size() * 4) {
        grow();
    }
    Key& slot = slots_[find(key)];
    if (slot == key) {
        return false;
    }
    slot = key;
    ++uuids_;
    return true;
}

bool IdSet::contains(std::string_view id) const {
    Key key;
    if (!parse(id, key)) {
        return others_.contains(std::string(id));
    }
    if (key == Key{}) {
        return has_zero_;
    }
    return !slots_.empty() && slots_[find(key)] == key;
}

}  // namespace pf::host::services
