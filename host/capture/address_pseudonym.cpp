#include "host/capture/address_pseudonym.hpp"

#include <arpa/inet.h>

#include <array>
#include <cstring>
#include <span>

namespace pf::host::capture {
namespace {

struct Prefix {
    std::array<std::uint8_t, 4> bytes;  // the rest is zero
    unsigned bits;
};

constexpr std::array<Prefix, 6> kept_v4 = {{
    {{10}, 8},
    {{172, 16}, 12},
    {{192, 168}, 16},
    {{169, 254}, 16},
    {{127}, 8},
    {{224}, 4},
}};
constexpr std::array<Prefix, 5> kept_v6 = {{
    {{0xfe, 0x80}, 16},
    {{0xfc}, 7},
    {{0xff}, 8},
    {{0x20, 0x01, 0x0d, 0xb8}, 32},
    {{0x20}, 3},
}};

unsigned bit_at(std::span<const std::uint8_t> bytes, unsigned index) {
    return index / 8 < bytes.size() ? bytes[index / 8] >> (7 - index % 8) & 1U : 0U;
}

// Whether the first `count` bits of `address` are the beginning of a kept prefix that is longer.
bool is_kept(std::span<const std::uint8_t> address, unsigned count, std::span<const Prefix> kept) {
    for (const Prefix& prefix : kept) {
        bool is_same = count < prefix.bits;
        for (unsigned i = 0; i < count && is_same; ++i) {
            is_same = bit_at(address, i) == bit_at(prefix.bytes, i);
        }
        if (is_same) {
            return true;
        }
    }
    return false;
}

void scramble(std::span<std::uint8_t> address, const KeyedHash& hash, char purpose,
              std::span<const Prefix> kept) {
    const std::string before(reinterpret_cast<const char*>(address.data()), address.size());
    const std::span<const std::uint8_t> original(
        reinterpret_cast<const std::uint8_t*>(before.data()), before.size());
    for (unsigned octet = 0; octet < original.size(); ++octet) {
        // One digest has a bit for each of the 255 beginnings an octet can have.
        const Digest tree = hash.of(purpose, std::string_view(before).substr(0, octet));
        unsigned begun = 0;
        for (unsigned bit = 0; bit < 8; ++bit) {
            const unsigned index = octet * 8 + bit;
            const unsigned node = (1U << bit) - 1 + begun;
            begun = begun << 1 | bit_at(original, index);
            if (!is_kept(original, index, kept)) {
                address[octet] =
                    static_cast<std::uint8_t>(address[octet] ^ (bit_at(tree, node) << (7 - bit)));
            }
        }
    }
}

// Ones, then zeros: a netmask, or 0.0.0.0.
bool is_netmask(const std::array<std::uint8_t, 4>& bytes) {
    const std::uint32_t mask = static_cast<std::uint32_t>(bytes[0]) << 24 |
                               static_cast<std::uint32_t>(bytes[1]) << 16 |
                               static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
    const std::uint32_t rest = ~mask;
    return (rest & (rest + 1)) == 0 && (mask == 0 || bytes[0] == 255);
}

unsigned hex_value(char c) {
    return c <= '9' ? static_cast<unsigned>(c - '0') : static_cast<unsigned>((c | 0x20) - 'a' + 10);
}

}  // namespace

std::string ipv4_pseudonym(const KeyedHash& hash, std::string_view text) {
    std::array<std::uint8_t, 4> bytes{};
    const std::string copy(text);
    if (::inet_pton(AF_INET, copy.c_str(), bytes.data()) != 1 || is_netmask(bytes) ||
        bytes[0] == 127) {
        return copy;
    }
    scramble(bytes, hash, '4', kept_v4);
    std::array<char, INET_ADDRSTRLEN> shown{};
    ::inet_ntop(AF_INET, bytes.data(), shown.data(), shown.size());
    return shown.data();
}

std::string ipv6_pseudonym(const KeyedHash& hash, std::string_view text) {
    std::array<std::uint8_t, 16> bytes{};
    const std::string copy(text);
    constexpr std::array<std::uint8_t, 15> zeros{};
    if (::inet_pton(AF_INET6, copy.c_str(), bytes.data()) != 1 ||
        (std::memcmp(bytes.data(), zeros.data(), zeros.size()) == 0 && bytes[15] <= 1)) {
        return copy;
    }
    scramble(bytes, hash, '6', kept_v6);
    std::array<char, INET6_ADDRSTRLEN> shown{};
    ::inet_ntop(AF_INET6, bytes.data(), shown.data(), shown.size());
    return shown.data();
}

std::string mac_pseudonym(const KeyedHash& hash, std::string_view text) {
    std::string out(text);
    unsigned left = 0;  // 12 bits each, of the three octets that name the device
    unsigned right = 0;
    for (std::size_t i = 9; i < 17; ++i) {
        if (i % 3 != 2) {
            unsigned& half = i < 13 ? left : right;
            half = half << 4 | hex_value(text[i]);
        }
    }
    std::string vendor(text.substr(0, 8));
    for (char& c : vendor) {
        c = c == '-' || c == ':' ? ':' : static_cast<char>(c | 0x20);
    }
    // A Feistel network is a permutation whatever its function is: no two devices meet.
    for (char round = 0; round < 4; ++round) {
        const Digest digest = hash.of('m', vendor + round + std::to_string(right));
        const unsigned mixed = left ^ ((digest[0] << 4 | digest[1] >> 4) & 0xFFFU);
        left = right;
        right = mixed;
    }
    const bool is_upper = text.find_first_of("ABCDEF") != std::string_view::npos;
    const char* digits = is_upper ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned device = left << 12 | right;
    for (std::size_t i = 17; i-- > 9;) {
        if (i % 3 != 2) {
            out[i] = digits[device & 15U];
            device >>= 4;
        }
    }
    return out;
}

}  // namespace pf::host::capture
