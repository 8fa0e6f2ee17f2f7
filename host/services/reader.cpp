#include "host/services/document.hpp"
#include "host/services/member_search.hpp"
#include "host/services/tape.hpp"

namespace pf::host::services {

namespace {

constexpr pf_val absent{0, 0};

std::uint64_t word_of(pf_val value) noexcept { return tape_of(value).words()[value.at]; }

bool is_container(std::uint64_t word) noexcept {
    return type_of(word) == '{' || type_of(word) == '[';
}

// The number in the word behind a number's type.
template <class Number>
Number number_at(pf_val value) noexcept {
    Number number{};
    std::memcpy(&number, tape_of(value).words() + value.at + 1, sizeof number);
    return number;
}

int32_t read_kind(pf_val value) noexcept {
    if (value.doc == 0) {
        return PF_KIND_ABSENT;
    }
    switch (type_of(word_of(value))) {
        case '[':
            return PF_KIND_ARRAY;
        case '{':
            return PF_KIND_OBJECT;
        case '"':
            return PF_KIND_STRING;
        case 'l':
            return PF_KIND_INT;
        case 'u':
            return number_at<std::uint64_t>(value) <= INT64_MAX ? PF_KIND_INT : PF_KIND_FLOAT;
        case 'd':
            return PF_KIND_FLOAT;
        case 't':
        case 'f':
            return PF_KIND_BOOL;
        default:
            return PF_KIND_NULL;
    }
}

pf_val read_get(pf_val object, pf_str key) noexcept {
    if (object.doc == 0 || type_of(word_of(object)) != '{') {
        return absent;
    }
    thread_local MemberSearch search;
    const Tape& tape = tape_of(object);
    const std::uint64_t at = search.find(tape, object.at, key);
    return at == 0 ? absent : place_on(tape, at);
}

pf_val read_first(pf_val value) noexcept {
    if (value.doc == 0) {
        return absent;
    }
    const std::uint64_t word = word_of(value);
    if (!is_container(word) || behind(word) == value.at + 2) {
        return absent;
    }
    return place_on(tape_of(value), value.at + (type_of(word) == '{' ? 2 : 1));
}

pf_val read_next(pf_val value, pf_val current) noexcept {
    if (current.doc == 0 || value.doc == 0) {
        return absent;
    }
    const Tape& tape = tape_of(value);
    const std::uint64_t word = tape.words()[value.at];
    if (!is_container(word)) {
        return absent;
    }
    const std::uint64_t next = after(tape.words(), current.at);
    return next + 1 >= behind(word) ? absent
                                    : place_on(tape, next + (type_of(word) == '{' ? 1 : 0));
}

int32_t read_key(pf_val object, pf_val member, pf_str* out) noexcept {
    if (member.doc == 0 || object.doc == 0 || type_of(word_of(object)) != '{') {
        return 0;
    }
    const Tape& tape = tape_of(member);
    *out = text_of(tape, tape.words()[member.at - 1]);
    return 1;
}

int32_t read_str(pf_val value, pf_str* out) noexcept {
    if (value.doc == 0) {
        return 0;
    }
    const std::uint64_t word = word_of(value);
    if (type_of(word) != '"') {
        return 0;
    }
    *out = text_of(tape_of(value), word);
    return 1;
}

int32_t read_i64(pf_val value, int64_t* out) noexcept {
    if (read_kind(value) != PF_KIND_INT) {
        return 0;
    }
    *out = number_at<std::int64_t>(value);
    return 1;
}

int32_t read_f64(pf_val value, double* out) noexcept {
    if (value.doc == 0) {
        return 0;
    }
    switch (type_of(word_of(value))) {
        case 'l':
            *out = static_cast<double>(number_at<std::int64_t>(value));
            return 1;
        case 'u':
            *out = static_cast<double>(number_at<std::uint64_t>(value));
            return 1;
        case 'd':
            *out = number_at<double>(value);
            return 1;
        default:
            return 0;
    }
}

int32_t read_boolean(pf_val value, int32_t* out) noexcept {
    if (read_kind(value) != PF_KIND_BOOL) {
        return 0;
    }
    *out = type_of(word_of(value)) == 't' ? 1 : 0;
    return 1;
}

}  // namespace

const pf_reader& reader() {
    static const pf_reader table{sizeof(pf_reader), read_kind, read_get, read_first, read_next,
                                 read_key,          read_str,  read_i64, read_f64,   read_boolean};
    return table;
}

}  // namespace pf::host::services
