// MemberSearch: finds a member of an object on a tape by its key.
//
// Modules ask a large object for many keys, in any order, and many of them are not there; a search
// from the front would look at the whole object each time. So the first search in an object that
// does not end after a few members makes an index of all its keys, kept until another object needs
// the memory: then a key is found, or known to be missing, in a few steps. Small objects are
// searched from the front.
#pragma once

#include <array>
#include <cstdint>

#include "host/services/tape.hpp"

namespace pf::host::services {

class MemberSearch {
  public:
    // The place of the value of member `key` of the object at `object`; 0 when there is none (no
    // value is at place 0).
    std::uint64_t find(const Tape& tape, std::uint64_t object, pf_str key) noexcept;

  private:
    // A key prepared for comparing with keys on the tape: length and first four bytes at once.
    struct Key;
    // Members of one object by the hash of their keys. Slots of an older `stamp` are free.
    struct Index {
        static constexpr std::uint64_t slots = 256;
        struct Slot {
            std::uint32_t stamp = 0;
            std::uint32_t at = 0;
        };
        std::uint64_t generation = 0;
        std::uint64_t object = 0;
        std::uint32_t stamp = 0;
        std::array<Slot, slots> slot{};
    };

    static bool scan(const Tape& tape, std::uint64_t& at, std::uint64_t end, std::uint64_t most,
                     const Key& key) noexcept;
    static void fill(Index& index, const Tape& tape, std::uint64_t object) noexcept;
    static std::uint64_t look_up(const Index& index, const Tape& tape, const Key& key) noexcept;
    Index* index_of(const Tape& tape, std::uint64_t object) noexcept;

    std::array<Index, 4> indexes_;
    std::uint64_t last_ = 0;
};

}  // namespace pf::host::services
