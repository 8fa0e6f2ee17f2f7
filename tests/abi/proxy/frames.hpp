// Frames: what the two sides of the proxy say to each other. Nothing but bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace pf::test {

using Bytes = std::vector<std::uint8_t>;

// The first byte of a frame.
enum class Op : std::uint8_t {
    // host side to module side
    describe,
    create,
    destroy,
    collect,
    // module side to host side
    add,
    log,
    service,
    now,
    central,
    list_open,
    list_next,
    list_expect,
    fetch,
    lookup_open,
    lookup_get,
    record,
    note,
    skip,
    filtered,
    fail,
    cancelled,
    wait,
};

// The tokens of a record, in the order of pf_writer's functions.
enum class Token : std::uint8_t {
    begin,
    key,
    str,
    i64,
    f64,
    boolean,
    null,
    obj,
    arr,
    close,
    unknown,
};

// What an entity refers to.
enum class Entity : std::uint8_t { none, item, fetched };

class FrameWriter {
  public:
    FrameWriter() = default;
    FrameWriter(Op op, std::uint64_t call) {
        put(op);
        put(call);
    }

    // A number or an enum, as its bytes.
    template <class T>
    FrameWriter& put(T value) {
        static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
        const auto* begin = reinterpret_cast<const std::uint8_t*>(&value);
        bytes_.insert(bytes_.end(), begin, begin + sizeof value);
        return *this;
    }

    FrameWriter& text(std::string_view value) {
        put(static_cast<std::uint64_t>(value.size()));
        bytes_.insert(bytes_.end(), value.begin(), value.end());
        return *this;
    }

    const Bytes& bytes() const noexcept { return bytes_; }
    void clear() { bytes_.clear(); }

  private:
    Bytes bytes_;
};

class FrameReader {
  public:
    // `bytes` outlive the reader.
    explicit FrameReader(const Bytes& bytes)
        : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

    template <class T>
    T get() {
        T value;
        std::memcpy(&value, take(sizeof value), sizeof value);
        return value;
    }

    std::string text() {
        const auto size = static_cast<std::size_t>(get<std::uint64_t>());
        return {reinterpret_cast<const char*>(take(size)), size};
    }

    bool is_at_end() const noexcept { return at_ == end_; }

  private:
    const std::uint8_t* take(std::size_t size) {
        if (static_cast<std::size_t>(end_ - at_) < size) throw std::out_of_range("short frame");
        const std::uint8_t* begin = at_;
        at_ += size;
        return begin;
    }

    const std::uint8_t* at_;
    const std::uint8_t* end_;
};

}  // namespace pf::test
