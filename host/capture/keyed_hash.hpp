// KeyedHash: a digest that nobody can compute or check without the key, which exists only inside
// this object. What stands for a secret in a capture is made with it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace pf::host::capture {

using Digest = std::array<std::uint8_t, 32>;

// Immutable; safe from any thread.
class KeyedHash {
  public:
    // A fresh random key. Throws std::runtime_error when the system has no random numbers.
    KeyedHash();
    // A given key, for tests.
    explicit KeyedHash(std::string_view key);
    ~KeyedHash();
    KeyedHash(const KeyedHash&) = delete;
    KeyedHash& operator=(const KeyedHash&) = delete;

    // Of `text`; equal texts of different `purpose` have digests that have nothing in common.
    Digest of(char purpose, std::string_view text) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::capture
