// Block: one piece of memory full of rows. When it dies, its memory goes back to the pool it came
// from, wherever it was last: rows are sent from where they were encoded, and a run allocates only
// until as many blocks exist as are under way at once.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace pf::host::encoding {

class BlockPool;

// Moved, never copied. Content up to resize() is undefined.
class Block {
  public:
    Block() = default;
    // Memory of its own, which goes back to nobody.
    explicit Block(std::size_t capacity)
        : bytes_(std::make_unique_for_overwrite<char[]>(capacity)), capacity_(capacity) {}
    ~Block() { go_home(); }
    Block(Block&& other) noexcept { swap(other); }
    Block& operator=(Block&& other) noexcept {
        if (this != &other) {
            Block(std::move(other)).swap(*this);
        }
        return *this;
    }
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    char* data() noexcept { return bytes_.get(); }
    const char* data() const noexcept { return bytes_.get(); }
    std::size_t size() const noexcept { return size_; }
    std::size_t capacity() const noexcept { return capacity_; }
    // Sets the length, at most capacity().
    void resize(std::size_t size) noexcept { size_ = size; }
    // Makes room for `capacity` bytes, keeping the first size().
    void reserve(std::size_t capacity);

  private:
    friend class BlockPool;
    void swap(Block& other) noexcept {
        std::swap(bytes_, other.bytes_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
        std::swap(home_, other.home_);
    }
    void go_home() noexcept;

    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
    std::shared_ptr<BlockPool> home_;
};

// The blocks of one run. Thread-safe; lives as long as the last of them.
class BlockPool : public std::enable_shared_from_this<BlockPool> {
  public:
    // Keeps the memory of at most `most` blocks that nobody uses.
    explicit BlockPool(std::size_t most) : most_(most) { free_.reserve(most); }
    // An empty block: with the memory of one that came back, or none yet.
    Block take();

  private:
    friend class Block;
    struct Memory {
        std::unique_ptr<char[]> bytes;
        std::size_t capacity = 0;
    };
    void give_back(Memory memory) noexcept;

    const std::size_t most_;
    std::mutex mutex_;
    std::vector<Memory> free_;
};

}  // namespace pf::host::encoding
