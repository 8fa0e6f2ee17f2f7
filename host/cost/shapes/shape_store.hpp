// ShapeStore: the shapes of a collection in compact memory: about 120 bytes for a machine.
//
// Texts that many resources share are kept once, UUIDs as 16 bytes, numbers as short as they are.
// Add all, then read: the first rewind() or next() after an add() puts them in order. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/cost/shapes/shapes.hpp"

namespace pf::host::cost {

class ShapeStore final : public Shapes {
  public:
    // Keeps a copy.
    void add(const Shape& shape);

    std::uint64_t size() const noexcept { return places_.size(); }
    // Bytes of heap memory that all of it takes, about.
    std::uint64_t memory_bytes() const noexcept;

    Status rewind() override;
    Result<bool> next(Shape& shape) override;

  private:
    // Where one shape's bytes begin.
    struct Place {
        std::uint32_t block;
        std::uint32_t offset;
    };
    class Packer;
    class Unpacker;

    std::uint32_t intern(std::string_view text);
    void put_in_order();
    const char* bytes_at(Place place) const noexcept {
        return blocks_[place.block].get() + place.offset;
    }

    static constexpr std::size_t block_bytes = std::size_t{1} << 18;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t block_used_ = block_bytes;  // of the last block
    std::uint64_t allocated_ = 0;           // bytes of all blocks
    std::vector<Place> places_;
    std::deque<std::string> texts_;  // stay where they are: the table points into them
    std::unordered_map<std::string_view, std::uint32_t> numbers_;
    std::uint64_t text_bytes_ = 0;
    std::string scratch_;
    std::size_t next_ = 0;
    bool is_ordered_ = true;
};

}  // namespace pf::host::cost
