#include "host/services/id_set.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace pf::host::services {
namespace {

constexpr std::uint8_t no_digit = 0x80;

// What each byte is worth as a hexadecimal digit.
constexpr std::array<std::uint8_t, 256> make_digits() {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(no_digit);
    for (std::uint8_t i = 0; i < 10; ++i) {
        digits['0' + i] = i;
    }
    for (std::uint8_t i = 0; i < 6; ++i) {
        digits['a' + i] = digits['A' + i] = static_cast<std::uint8_t>(10 + i);
    }
    return digits;
}
constexpr std::array<std::uint8_t, 256> digits = make_digits();

// Reads `count` digits into `word`; what is none of them shows in `bad`.
std::uint64_t read_digits(const char* at, int count, std::uint64_t word, unsigned& bad) noexcept {
    for (int i = 0; i < count; ++i) {
        const std::uint8_t digit = digits[static_cast<unsigned char>(at[i])];
        bad |= digit;
        word = word << 4 | (digit & 15u);
    }
    return word;
}

}  // namespace

bool IdSet::parse(std::string_view id, Key& key) noexcept {
    if (id.size() != 36 || id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-') {
        return false;
    }
    const char* const text = id.data();
    unsigned bad = 0;
    key.high = read_digits(text, 8, 0, bad);
    key.high = read_digits(text + 9, 4, key.high, bad);
    key.high = read_digits(text + 14, 4, key.high, bad);
    key.low = read_digits(text + 19, 4, 0, bad);
    key.low = read_digits(text + 24, 12, key.low, bad);
    return (bad & no_digit) == 0;
}

std::size_t IdSet::home_of(const Key& key) const noexcept {
    // Ids of one Prism may differ in a few digits only: mix before taking low bits.
    std::uint64_t hash = (key.high ^ (key.low * 0x9E3779B97F4A7C15ull)) * 0xBF58476D1CE4E5B9ull;
    hash ^= hash >> 31;
    return static_cast<std::size_t>(hash) & (slots_.size() - 1);
}

std::size_t IdSet::find(const Key& key) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = home_of(key);
    while (!(slots_[at] == Key{}) && !(slots_[at] == key)) {
        at = (at + 1) & mask;
    }
    return at;
}

void IdSet::rehash(std::size_t size) {
    std::vector<Key> old(size);
    old.swap(slots_);
    for (const Key& key : old) {
        if (!(key == Key{})) {
            slots_[find(key)] = key;
        }
    }
}

void IdSet::expect(std::uint64_t count) {
    constexpr std::uint64_t most = 1u
                                   << 20;  // beyond, a wrong number would cost more than it saves
    const std::uint64_t wanted = std::min(count, most) * 5 / 4 + 1;
    if (wanted > slots_.size()) {
        rehash(std::max<std::size_t>(1024, std::bit_ceil(wanted)));
    }
}

void IdSet::prefetch(std::string_view id) const noexcept {
    Key key;
    if (!slots_.empty() && parse(id, key)) {
        __builtin_prefetch(&slots_[home_of(key)]);
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
        rehash(std::max<std::size_t>(1024, slots_.size() * 2));
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
