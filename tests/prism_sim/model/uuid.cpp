#include "tests/prism_sim/model/uuid.hpp"

#include <array>
#include <cstring>

namespace pf::sim {
namespace {

constexpr std::array<char, 512> make_pairs() {
    constexpr char digits[] = "0123456789abcdef";
    std::array<char, 512> pairs{};
    for (std::size_t i = 0; i < 256; ++i) {
        pairs[2 * i] = digits[i >> 4];
        pairs[2 * i + 1] = digits[i & 15];
    }
    return pairs;
}
constexpr auto kPairs = make_pairs();

void write_byte(char* out, std::uint64_t word, unsigned shift) {
    std::memcpy(out, &kPairs[2 * ((word >> shift) & 0xff)], 2);
}

bool is_dash(std::size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; }

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

void write_uuid(char* out, const Uuid& id) {
    static constexpr std::uint8_t high_at[8] = {0, 2, 4, 6, 9, 11, 14, 16};
    static constexpr std::uint8_t low_at[8] = {19, 21, 24, 26, 28, 30, 32, 34};
    for (unsigned i = 0; i < 8; ++i) {
        write_byte(out + high_at[i], id.high, 56 - 8 * i);
        write_byte(out + low_at[i], id.low, 56 - 8 * i);
    }
    out[8] = out[13] = out[18] = out[23] = '-';
}

std::string to_text(const Uuid& id) {
    std::string text(kUuidText, '\0');
    write_uuid(text.data(), id);
    return text;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
    if (text.size() != kUuidText) return std::nullopt;
    Uuid id;
    for (std::size_t i = 0; i < kUuidText; ++i) {
        if (is_dash(i)) {
            if (text[i] != '-') return std::nullopt;
            continue;
        }
        const int digit = digit_of(text[i]);
        if (digit < 0) return std::nullopt;
        std::uint64_t& word = i < 18 ? id.high : id.low;
        word = (word << 4) | static_cast<std::uint64_t>(digit);
    }
    return id;
}

}  // namespace pf::sim
