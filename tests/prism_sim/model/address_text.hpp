#pragma once
// Texts of network addresses, written without allocation: a page of VMs has thousands of them.

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace pf::sim {

/// IPv4 address in host byte order.
using Ipv4 = std::uint32_t;

/// "10.0.0.1"
class Ipv4Text {
  public:
    explicit Ipv4Text(Ipv4 address) {
        char* at = text_.data();
        for (int shift = 24; shift >= 0; shift -= 8) {
            const std::uint32_t octet = (address >> shift) & 0xff;
            if (octet >= 100) *at++ = static_cast<char>('0' + octet / 100);
            if (octet >= 10) *at++ = static_cast<char>('0' + octet / 10 % 10);
            *at++ = static_cast<char>('0' + octet % 10);
            if (shift != 0) *at++ = '.';
        }
        size_ = static_cast<std::size_t>(at - text_.data());
    }
    [[nodiscard]] std::string_view view() const { return {text_.data(), size_}; }

  private:
    std::array<char, 16> text_{};
    std::size_t size_ = 0;
};

/// "50:6b:8d:00:00:01" of the low 48 bits.
class MacText {
  public:
    explicit MacText(std::uint64_t mac) {
        static constexpr char kDigits[] = "0123456789abcdef";
        for (unsigned i = 0; i < 6; ++i) {
            const auto byte = static_cast<unsigned>((mac >> (40 - 8 * i)) & 0xff);
            text_[3 * i] = kDigits[byte >> 4];
            text_[3 * i + 1] = kDigits[byte & 15];
            if (i != 5) text_[3 * i + 2] = ':';
        }
    }
    [[nodiscard]] std::string_view view() const { return {text_.data(), text_.size()}; }

  private:
    std::array<char, 17> text_{};
};

/// "2001:db8::1:2f": the documentation prefix and up to 32 low bits.
class Ipv6Text {
  public:
    explicit Ipv6Text(std::uint64_t low) {
        std::memcpy(text_.data(), "2001:db8::", 10);
        char* at = text_.data() + 10;
        char* const end = text_.data() + text_.size();
        if (low > 0xffff) {
            at = std::to_chars(at, end, low >> 16 & 0xffff, 16).ptr;
            *at++ = ':';
        }
        at = std::to_chars(at, end, low & 0xffff, 16).ptr;
        size_ = static_cast<std::size_t>(at - text_.data());
    }
    [[nodiscard]] std::string_view view() const { return {text_.data(), size_}; }

  private:
    std::array<char, 32> text_{};
    std::size_t size_ = 0;
};

}  // namespace pf::sim
