#include "host/cost/shapes/shape_store.hpp"

#include <algorithm>
#include <cstring>

namespace pf::host::cost {
namespace {

constexpr std::size_t uuid_text = 36;
constexpr std::size_t uuid_bytes = 16;
// What the first byte of a packed id says.
constexpr char is_uuid = 1;
constexpr char is_text = 0;

int nibble_of(char digit) noexcept {
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

constexpr bool is_dash(std::size_t at) noexcept {
    return at == 8 || at == 13 || at == 18 || at == 23;
}

// Appends the 16 bytes of a UUID in its usual form; false, and nothing, when it is none.
bool pack_uuid(std::string_view text, std::string& out) {
    if (text.size() != uuid_text) {
        return false;
    }
    char bytes[uuid_bytes];
    std::size_t filled = 0;
    for (std::size_t at = 0; at < uuid_text;) {
        if (is_dash(at)) {
            if (text[at++] != '-') {
                return false;
            }
            continue;
        }
        const int high = nibble_of(text[at]);
        const int low = nibble_of(text[at + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        bytes[filled++] = static_cast<char>(high << 4 | low);
        at += 2;
    }
    out.append(bytes, uuid_bytes);
    return true;
}

void unpack_uuid(const char* bytes, std::string& out) {
    constexpr char digits[] = "0123456789abcdef";
    out.clear();
    for (std::size_t i = 0; i < uuid_bytes; ++i) {
        if (is_dash(out.size())) {
            out += '-';
        }
        const auto byte = static_cast<unsigned char>(bytes[i]);
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
}

}  // namespace

// Appends to a text; what belongs to all shapes goes into the store's table.
class ShapeStore::Packer {
  public:
    Packer(ShapeStore& store, std::string& out) : store_(store), out_(out) {}

    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) {
            out_ += static_cast<char>(value | 0x80);
        }
        out_ += static_cast<char>(value);
    }
    // Anything from -1 up, and `none`.
    void figure(std::int64_t value) {
        number(value < -1 ? 0 : static_cast<std::uint64_t>(value + 2));
    }
    void own_text(std::string_view text) {
        number(text.size());
        out_ += text;
    }
    void shared_text(std::string_view text) { number(store_.intern(text)); }
    void id(std::string_view text) {
        const std::size_t mark = out_.size();
        out_ += is_uuid;
        if (!pack_uuid(text, out_)) {
            out_.resize(mark);
            out_ += is_text;
            own_text(text);
        }
    }

  private:
    ShapeStore& store_;
    std::string& out_;
};

class ShapeStore::Unpacker {
  public:
    Unpacker(const ShapeStore& store, const char* at) : store_(store), at_(at) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(*at_++);
            value |= std::uint64_t{byte & 0x7Fu} << shift;
            if (byte < 0x80) {
                return value;
            }
        }
    }
    std::int64_t figure() {
        const std::uint64_t value = number();
        return value == 0 ? Shape::none : static_cast<std::int64_t>(value) - 2;
    }
    void own_text(std::string& out) {
        const std::uint64_t size = number();
        out.assign(at_, size);
        at_ += size;
    }
    void shared_text(std::string& out) { out = store_.texts_[number()]; }
    void id(std::string& out) {
        if (*at_++ == is_uuid) {
            unpack_uuid(at_, out);
            at_ += uuid_bytes;
        } else {
            own_text(out);
        }
    }

  private:
    const ShapeStore& store_;
    const char* at_;
};

std::uint32_t ShapeStore::intern(std::string_view text) {
    const auto known = numbers_.find(text);
    if (known != numbers_.end()) {
        return known->second;
    }
    const auto number = static_cast<std::uint32_t>(texts_.size());
    numbers_.emplace(texts_.emplace_back(text), number);
    text_bytes_ += text.size() + 1;
    return number;
}

void ShapeStore::add(const Shape& shape) {
    scratch_.clear();
    Packer out(*this, scratch_);
    // In the order in which shapes are compared.
    out.id(shape.id);
    out.shared_text(shape.account);
    out.figure(shape.from);
    out.figure(shape.to);
    out.own_text(shape.name);
    out.shared_text(shape.kind);
    out.shared_text(shape.product);
    out.shared_text(shape.region);
    out.number(static_cast<std::uint64_t>(shape.shape_class));
    out.number(static_cast<std::uint64_t>(shape.basis));
    out.number(shape.unknown);
    for (const std::string& text : shape.texts) {
        out.shared_text(text);
    }
    for (const std::int64_t number : shape.numbers) {
        out.figure(number);
    }
    out.number(shape.disks.size());
    for (const ShapeDisk& disk : shape.disks) {
        out.figure(disk.bytes);
        out.shared_text(disk.container);
        out.shared_text(disk.container_name);
    }
    out.number(shape.gpus.size());
    for (const ShapeGpu& gpu : shape.gpus) {
        out.shared_text(gpu.model);
        out.shared_text(gpu.mode);
        out.figure(gpu.profile_bytes);
        out.figure(gpu.card_bytes);
    }
    out.number(shape.categories.size());
    for (const ShapeCategory& category : shape.categories) {
        out.shared_text(category.key);
        out.shared_text(category.value);
    }
    if (block_used_ + scratch_.size() > block_bytes || blocks_.empty()) {
        const std::size_t size = std::max(block_bytes, scratch_.size());
        blocks_.push_back(std::make_unique<char[]>(size));
        allocated_ += size;
        block_used_ = 0;
    }
    std::memcpy(blocks_.back().get() + block_used_, scratch_.data(), scratch_.size());
    places_.push_back(
        {static_cast<std::uint32_t>(blocks_.size() - 1), static_cast<std::uint32_t>(block_used_)});
    block_used_ += scratch_.size();
    is_ordered_ = false;
}

void ShapeStore::put_in_order() {
    next_ = 0;
    if (is_ordered_) {
        return;
    }
    // Equal ones stay in the order they came in.
    std::string left_id;
    std::string right_id;
    std::stable_sort(places_.begin(), places_.end(), [&](Place left, Place right) {
        Unpacker a(*this, bytes_at(left));
        Unpacker b(*this, bytes_at(right));
        a.id(left_id);
        b.id(right_id);
        if (left_id != right_id) {
            return left_id < right_id;
        }
        const std::string& left_account = texts_[a.number()];
        const std::string& right_account = texts_[b.number()];
        if (left_account != right_account) {
            return left_account < right_account;
        }
        return a.figure() < b.figure();
    });
    is_ordered_ = true;
}

std::uint64_t ShapeStore::memory_bytes() const noexcept {
    // A table entry: its node with view, number, hash and link, the string, its bucket.
    constexpr std::uint64_t entry = 48 + sizeof(std::string) + 8;
    return allocated_ + places_.capacity() * sizeof(Place) + text_bytes_ + texts_.size() * entry;
}

Status ShapeStore::rewind() {
    put_in_order();
    next_ = 0;
    return Status();
}

Result<bool> ShapeStore::next(Shape& shape) {
    if (!is_ordered_) {
        put_in_order();
    }
    if (next_ == places_.size()) {
        return false;
    }
    Unpacker in(*this, bytes_at(places_[next_++]));
    in.id(shape.id);
    in.shared_text(shape.account);
    shape.from = in.figure();
    shape.to = in.figure();
    in.own_text(shape.name);
    in.shared_text(shape.kind);
    in.shared_text(shape.product);
    in.shared_text(shape.region);
    shape.shape_class = static_cast<ShapeClass>(in.number());
    shape.basis = static_cast<Basis>(in.number());
    shape.unknown = static_cast<std::uint32_t>(in.number());
    for (std::string& text : shape.texts) {
        in.shared_text(text);
    }
    for (std::int64_t& number : shape.numbers) {
        number = in.figure();
    }
    shape.disks.resize(in.number());
    for (ShapeDisk& disk : shape.disks) {
        disk.bytes = in.figure();
        in.shared_text(disk.container);
        in.shared_text(disk.container_name);
    }
    shape.gpus.resize(in.number());
    for (ShapeGpu& gpu : shape.gpus) {
        in.shared_text(gpu.model);
        in.shared_text(gpu.mode);
        gpu.profile_bytes = in.figure();
        gpu.card_bytes = in.figure();
    }
    shape.categories.resize(in.number());
    for (ShapeCategory& category : shape.categories) {
        in.shared_text(category.key);
        in.shared_text(category.value);
    }
    return true;
}

}  // namespace pf::host::cost
