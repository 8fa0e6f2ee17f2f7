// IdSet: the identities seen in a list, kept exactly: 16 bytes each for UUIDs, the text itself
// for anything else. No false answers, memory flat in everything but their number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace pf::host::services {

class IdSet {
  public:
    // True when `id` was not in the set before. UUIDs are compared without regard to case.
    bool insert(std::string_view id);
    bool contains(std::string_view id) const;
    // About `count` ids will come: makes room at once instead of growing step by step.
    void expect(std::uint64_t count);
    // `id` will be asked for soon: gets its place from memory meanwhile.
    void prefetch(std::string_view id) const noexcept;
    std::uint64_t size() const noexcept { return uuids_ + others_.size(); }

  private:
    struct Key {
        std::uint64_t high = 0;
        std::uint64_t low = 0;
        bool operator==(const Key&) const = default;
    };
    static bool parse(std::string_view id, Key& key) noexcept;
    std::size_t home_of(const Key& key) const noexcept;
    std::size_t find(const Key& key) const noexcept;
    void rehash(std::size_t size);

    std::vector<Key> slots_;  // open addressing; {0,0} = free
    std::uint64_t uuids_ = 0;
    bool has_zero_ = false;  // the all-zero UUID, which cannot be a slot
    std::unordered_set<std::string> others_;
};

}  // namespace pf::host::services
