#include <algorithm>
#include <utility>

#include "host/services/document.hpp"
#include "host/services/live_documents.hpp"
#include "host/services/member_search.hpp"
#include "host/services/odd_reads.hpp"
#include "host/services/tape.hpp"

namespace pf::host::services {

namespace {

constexpr pf_val absent{0, 0};

bool is_container(std::uint64_t word) noexcept {
    return type_of(word) == '{' || type_of(word) == '[';
}

// Where a value stands, if the calling thread may read it.
struct Place {
    explicit Place(pf_val value) noexcept : tape(LiveDocument::find(value)), at(value.at) {}
    explicit operator bool() const noexcept { return tape != nullptr; }
    std::uint64_t word() const noexcept { return tape->words()[at]; }
    // The number in the word behind a number's type.
    template <class Number>
    Number number() const noexcept {
        Number number{};
        std::memcpy(&number, tape->words() + at + 1, sizeof number);
        return number;
    }

    const Tape* tape;
    std::uint64_t at;
};

int32_t kind_of(const Place& place) noexcept {
    if (!place) {
        return PF_KIND_ABSENT;
    }
    switch (type_of(place.word())) {
        case '[':
            return PF_KIND_ARRAY;
        case '{':
            return PF_KIND_OBJECT;
        case '"':
            return PF_KIND_STRING;
        case 'l':
            return PF_KIND_INT;
        case 'u':
            return place.number<std::uint64_t>() <= INT64_MAX ? PF_KIND_INT : PF_KIND_FLOAT;
        case 'd':
            return PF_KIND_FLOAT;
        case 't':
        case 'f':
            return PF_KIND_BOOL;
        default:
            return PF_KIND_NULL;
    }
}

int32_t read_kind(pf_val value) noexcept { return kind_of(Place(value)); }

// The odd reads of the thread. The first one's key is kept in place: a reader cannot fail.
struct Odd {
    std::uint64_t count = 0;
    std::size_t length = 0;
    char first[64] = {};
};
thread_local constinit Odd odd;

// Called when `value` did not fit: counts it, unless there is nothing to fit.
[[gnu::cold, gnu::noinline]] void note_odd(pf_val value) noexcept {
    if (value.doc == 0) {
        return;
    }
    const Place place(value);
    if (!place || kind_of(place) == PF_KIND_NULL || ++odd.count > 1) {
        return;
    }
    // The word before a member is its key.
    const std::uint64_t before = place.at > 0 ? place.tape->words()[place.at - 1] : 0;
    const pf_str key = type_of(before) == '"' ? text_of(*place.tape, before) : pf_str{nullptr, 0};
    odd.length = std::min<std::size_t>(key.len, sizeof odd.first);
    std::copy_n(key.ptr, odd.length, odd.first);
}

template <bool counts>
pf_val read_get(pf_val object, pf_str key) noexcept {
    const Place place(object);
    if (!place || type_of(place.word()) != '{' || (key.ptr == nullptr && key.len != 0)) {
        if (counts) {
            note_odd(object);
        }
        return absent;
    }
    thread_local MemberSearch search;
    const std::uint64_t at = search.find(*place.tape, place.at, key);
    return at == 0 ? absent : place_on(*place.tape, at);
}

template <bool counts>
pf_val read_first(pf_val value) noexcept {
    const Place place(value);
    if (!place) {
        return absent;
    }
    const std::uint64_t word = place.word();
    if (!is_container(word)) {
        if (counts) {
            note_odd(value);
        }
        return absent;
    }
    if (behind(word) == place.at + 2) {
        return absent;
    }
    return place_on(*place.tape, place.at + (type_of(word) == '{' ? 2 : 1));
}

// `current` may be anything a module has at hand: a value of another document, or of a container
// inside of this one, leads nowhere or to a value, never between two.
pf_val read_next(pf_val value, pf_val current) noexcept {
    const Place place(value);
    if (!place || current.doc != value.doc) {
        return absent;
    }
    const std::uint64_t* const words = place.tape->words();
    const std::uint64_t word = words[place.at];
    if (!is_container(word) || current.at <= place.at || current.at >= behind(word)) {
        return absent;
    }
    const std::uint64_t next = after(words, current.at);
    if (next + 1 >= behind(word)) {
        return absent;
    }
    if (type_of(word) == '[') {
        return place_on(*place.tape, next);
    }
    return type_of(words[next]) == '"' ? place_on(*place.tape, next + 1) : absent;
}

int32_t read_key(pf_val object, pf_val member, pf_str* out) noexcept {
    const Place place(object);
    if (!place || member.doc != object.doc || type_of(place.word()) != '{' ||
        member.at <= place.at + 1 || member.at >= behind(place.word())) {
        return 0;
    }
    const std::uint64_t name = place.tape->words()[member.at - 1];
    if (type_of(name) != '"') {
        return 0;
    }
    *out = text_of(*place.tape, name);
    return 1;
}

int32_t read_str(pf_val value, pf_str* out) noexcept {
    const Place place(value);
    if (!place || type_of(place.word()) != '"') {
        return 0;
    }
    *out = text_of(*place.tape, place.word());
    return 1;
}

int32_t read_i64(pf_val value, int64_t* out) noexcept {
    const Place place(value);
    if (kind_of(place) != PF_KIND_INT) {
        return 0;
    }
    *out = place.number<std::int64_t>();
    return 1;
}

int32_t read_f64(pf_val value, double* out) noexcept {
    const Place place(value);
    if (!place) {
        return 0;
    }
    switch (type_of(place.word())) {
        case 'l':
            *out = static_cast<double>(place.number<std::int64_t>());
            return 1;
        case 'u':
            *out = static_cast<double>(place.number<std::uint64_t>());
            return 1;
        case 'd':
            *out = place.number<double>();
            return 1;
        default:
            return 0;
    }
}

int32_t read_boolean(pf_val value, int32_t* out) noexcept {
    const Place place(value);
    if (kind_of(place) != PF_KIND_BOOL) {
        return 0;
    }
    *out = type_of(place.word()) == 't' ? 1 : 0;
    return 1;
}

// A getter that counts when it has nothing to give.
template <auto read, class Out>
int32_t ask(pf_val value, Out* out) noexcept {
    if (read(value, out) != 0) {
        return 1;
    }
    note_odd(value);
    return 0;
}

}  // namespace

const pf_reader& reader() {
    static const pf_reader table{sizeof(pf_reader), read_kind,   read_get<false>, read_first<false>,
                                 read_next,         read_key,    read_str,        read_i64,
                                 read_f64,          read_boolean};
    return table;
}

const pf_reader& module_reader() {
    static const pf_reader table{sizeof(pf_reader),
                                 read_kind,
                                 read_get<true>,
                                 read_first<true>,
                                 read_next,
                                 read_key,
                                 ask<read_str, pf_str>,
                                 ask<read_i64, std::int64_t>,
                                 ask<read_f64, double>,
                                 ask<read_boolean, std::int32_t>};
    return table;
}

OddReads take_odd_reads() {
    const Odd taken = std::exchange(odd, Odd());
    return {taken.count, std::string(taken.first, taken.length)};
}

}  // namespace pf::host::services
