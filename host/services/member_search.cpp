#include "host/services/member_search.hpp"

namespace pf::host::services {
namespace {

// Fewer members are compared one by one as fast as through the index.
constexpr std::uint64_t few_members = 8;
// More would crowd the index; they are compared one by one.
constexpr std::uint64_t most_members = 128;

std::uint64_t load8(const char* at) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}
std::uint32_t load4(const char* at) noexcept {
    std::uint32_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

// Whether two texts of `length` bytes, both equal in their first four, are equal.
bool equal_after_four(const char* a, const char* b, std::uint64_t length) noexcept {
    if (length <= 4) {
        return true;
    }
    if (length < 8) {
        return load4(a + length - 4) == load4(b + length - 4);
    }
    std::uint64_t differs = 0;
    for (std::uint64_t i = 4; i + 8 < length; i += 8) {
        differs |= load8(a + i) ^ load8(b + i);
    }
    return (differs | (load8(a + length - 8) ^ load8(b + length - 8))) == 0;
}

// Of a key's length and first four bytes, and its last four: what tells the keys of Prism apart.
std::uint64_t hash_of(std::uint64_t head, std::uint32_t tail) noexcept {
    return (head * 0x9E3779B97F4A7C15u ^ tail * 0xC2B2AE3D27D4EB4Fu) >> 48;
}

}  // namespace

struct MemberSearch::Key {
    const char* text;
    std::uint64_t length;
    std::uint64_t head;  // four bytes of length, the first four of the text
    std::uint64_t mask;  // a shorter text has other bytes behind it on the tape

    explicit Key(pf_str key) noexcept : text(key.ptr), length(key.len) {
        if (length >= 4) {
            head = std::uint64_t{load4(text)} << 32 | static_cast<std::uint32_t>(length);
            mask = ~std::uint64_t{0};
            return;
        }
        head = length;
        for (std::uint64_t i = 0; i < length; ++i) {
            head |= std::uint64_t{static_cast<unsigned char>(text[i])} << (32 + 8 * i);
        }
        mask = (std::uint64_t{1} << (32 + 8 * length)) - 1;
    }

    // `stored` is where a key lies in the tape's texts: its length, then its bytes.
    bool is_at(const char* stored) const noexcept {
        return (load8(stored) & mask) == head && equal_after_four(text, stored + 4, length);
    }

    std::uint64_t hash() const noexcept {
        return hash_of(head, length >= 4 ? load4(text + length - 4) : 0);
    }

    static std::uint64_t hash_at(const char* stored) noexcept {
        const std::uint64_t head = load8(stored);
        const auto length = static_cast<std::uint32_t>(head);
        if (length >= 4) {
            return hash_of(head, load4(stored + length));
        }
        return hash_of(head & ((std::uint64_t{1} << (32 + 8 * length)) - 1), 0);
    }
};

// Looks at members from the place `at` on, at most `most` of them. Stops at the one it finds, else
// leaves `at` behind the last it looked at.
bool MemberSearch::scan(const Tape& tape, std::uint64_t& at, std::uint64_t end, std::uint64_t most,
                        const Key& key) noexcept {
    const std::uint64_t* const words = tape.words();
    const char* const texts = tape.texts();
    for (; at < end && most > 0; --most) {
        if (key.is_at(texts + payload_of(words[at]))) {
            return true;
        }
        at = after(words, at + 1);
    }
    return false;
}

void MemberSearch::fill(Index& index, const Tape& tape, std::uint64_t object) noexcept {
    const std::uint64_t* const words = tape.words();
    const char* const texts = tape.texts();
    index.generation = tape.generation;
    index.object = object;
    if (++index.stamp == 0) {
        index.slot.fill({});
        index.stamp = 1;
    }
    const std::uint64_t end = behind(words[object]) - 1;
    for (std::uint64_t at = object + 1; at < end; at = after(words, at + 1)) {
        std::uint64_t place = Key::hash_at(texts + payload_of(words[at])) % Index::slots;
        while (index.slot[place].stamp == index.stamp) {
            place = (place + 1) % Index::slots;
        }
        index.slot[place] = {index.stamp, static_cast<std::uint32_t>(at)};
    }
}

std::uint64_t MemberSearch::look_up(const Index& index, const Tape& tape, const Key& key) noexcept {
    const std::uint64_t* const words = tape.words();
    const char* const texts = tape.texts();
    std::uint64_t place = key.hash() % Index::slots;
    while (index.slot[place].stamp == index.stamp) {
        const std::uint64_t at = index.slot[place].at;
        if (key.is_at(texts + payload_of(words[at]))) {
            return at + 1;
        }
        place = (place + 1) % Index::slots;
    }
    return 0;
}

MemberSearch::Index* MemberSearch::index_of(const Tape& tape, std::uint64_t object) noexcept {
    for (std::uint64_t step = 0; step < indexes_.size(); ++step) {
        Index& index = indexes_[(last_ + step) % indexes_.size()];
        if (index.object == object && index.generation == tape.generation) {
            last_ += step;
            return &index;
        }
    }
    return nullptr;
}

std::uint64_t MemberSearch::find(const Tape& tape, std::uint64_t object, pf_str key) noexcept {
    if (key.len > UINT32_MAX) {
        return 0;
    }
    const Key wanted(key);
    const std::uint64_t head = tape.words()[object];
    const bool is_large = members_of(head) > few_members && members_of(head) <= most_members;
    Index* index = is_large ? index_of(tape, object) : nullptr;
    if (index == nullptr) {
        std::uint64_t at = object + 1;
        const std::uint64_t most = is_large ? few_members : UINT64_MAX;
        if (scan(tape, at, behind(head) - 1, most, wanted)) {
            return at + 1;
        }
        if (!is_large) {
            return 0;
        }
        index = &indexes_[++last_ % indexes_.size()];
        fill(*index, tape, object);
    }
    return look_up(*index, tape, wanted);
}

}  // namespace pf::host::services
