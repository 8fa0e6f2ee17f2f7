#include "host/services/document.hpp"

#include <simdjson.h>

#include <array>
#include <atomic>
#include <bit>
#include <cstring>

namespace pf::host::services {

namespace {

// What a pf_val points into: simdjson's tape, and which text it holds now. Every document the
// reader meets is one of these.
struct Parsed final : simdjson::dom::document {
    std::uint64_t generation = 0;  // never used twice in the process

    void renew() noexcept {
        static std::atomic<std::uint64_t> last{0};
        generation = ++last;
    }
};

std::uint64_t generation_of(const simdjson::dom::document* document) noexcept {
    return static_cast<const Parsed*>(document)->generation;
}

using simdjson::internal::tape_ref;
using simdjson::internal::tape_type;

// A pf_val is simdjson's reference to a place on the tape of a document.
static_assert(sizeof(pf_val) == sizeof(tape_ref));
static_assert(std::is_trivially_copyable_v<tape_ref>);

tape_ref place(pf_val value) noexcept { return std::bit_cast<tape_ref>(value); }
pf_val value_at(const tape_ref& from, std::size_t index) noexcept {
    return std::bit_cast<pf_val>(tape_ref(from.doc, index));
}

constexpr pf_val absent{0, 0};

bool is(pf_val value, tape_type type) noexcept {
    return value.doc != 0 && place(value).tape_ref_type() == type;
}

// The end marker of a container is the last place before what follows it.
std::size_t end_of(const tape_ref& container) noexcept {
    return container.matching_brace_index() - 1;
}

int32_t read_kind(pf_val value) noexcept {
    if (value.doc == 0) {
        return PF_KIND_ABSENT;
    }
    const tape_ref at = place(value);
    switch (at.tape_ref_type()) {
        case tape_type::START_ARRAY:
            return PF_KIND_ARRAY;
        case tape_type::START_OBJECT:
            return PF_KIND_OBJECT;
        case tape_type::STRING:
            return PF_KIND_STRING;
        case tape_type::INT64:
            return PF_KIND_INT;
        case tape_type::UINT64:
            return at.next_tape_value<std::uint64_t>() <= INT64_MAX ? PF_KIND_INT : PF_KIND_FLOAT;
        case tape_type::DOUBLE:
            return PF_KIND_FLOAT;
        case tape_type::TRUE_VALUE:
        case tape_type::FALSE_VALUE:
            return PF_KIND_BOOL;
        default:
            return PF_KIND_NULL;
    }
}

// Where the search for a key begins: behind the member found last in the same object. Records read
// the fields of an object in about the order Prism writes them, so most searches end at once.
struct Hint {
    std::uint64_t generation = 0;
    std::size_t object = 0;
    std::size_t next = 0;
};
thread_local std::array<Hint, 8> hints;

// The key at one of the places [at, end), or `end`.
std::size_t find_key(const tape_ref& container, std::size_t at, std::size_t end,
                     pf_str key) noexcept {
    while (at < end) {
        const tape_ref name(container.doc, at);
        if (name.get_string_length() == key.len &&
            std::memcmp(name.get_c_str(), key.ptr, key.len) == 0) {
            return at;
        }
        at = tape_ref(container.doc, at + 1).after_element();
    }
    return end;
}

pf_val read_get(pf_val object, pf_str key) noexcept {
    if (!is(object, tape_type::START_OBJECT)) {
        return absent;
    }
    const tape_ref container = place(object);
    const std::size_t first = container.json_index + 1;
    const std::size_t end = end_of(container);
    const std::uint64_t generation = generation_of(container.doc);
    Hint& hint = hints[container.json_index % hints.size()];
    const bool is_known = hint.generation == generation && hint.object == container.json_index;
    const std::size_t begin = is_known ? hint.next : first;
    std::size_t at = find_key(container, begin, end, key);
    if (at >= end && begin != first) {
        at = find_key(container, first, begin, key);
        at = at >= begin ? end : at;
    }
    if (at >= end) {
        return absent;
    }
    hint = {generation, container.json_index, tape_ref(container.doc, at + 1).after_element()};
    return value_at(container, at + 1);
}

pf_val read_first(pf_val value) noexcept {
    const bool is_object = is(value, tape_type::START_OBJECT);
    if (!is_object && !is(value, tape_type::START_ARRAY)) {
        return absent;
    }
    const tape_ref container = place(value);
    const std::size_t first = container.json_index + 1;
    return first == end_of(container) ? absent : value_at(container, first + (is_object ? 1 : 0));
}

pf_val read_next(pf_val value, pf_val current) noexcept {
    const bool is_object = is(value, tape_type::START_OBJECT);
    if (current.doc == 0 || (!is_object && !is(value, tape_type::START_ARRAY))) {
        return absent;
    }
    const tape_ref container = place(value);
    const std::size_t next = place(current).after_element();
    return next >= end_of(container) ? absent : value_at(container, next + (is_object ? 1 : 0));
}

int32_t read_key(pf_val object, pf_val member, pf_str* out) noexcept {
    if (member.doc == 0 || !is(object, tape_type::START_OBJECT)) {
        return 0;
    }
    const tape_ref at = place(member);
    const tape_ref name(at.doc, at.json_index - 1);
    *out = pf_str{name.get_c_str(), name.get_string_length()};
    return 1;
}

int32_t read_str(pf_val value, pf_str* out) noexcept {
    if (!is(value, tape_type::STRING)) {
        return 0;
    }
    const tape_ref at = place(value);
    *out = pf_str{at.get_c_str(), at.get_string_length()};
    return 1;
}

int32_t read_i64(pf_val value, int64_t* out) noexcept {
    if (read_kind(value) != PF_KIND_INT) {
        return 0;
    }
    *out = place(value).next_tape_value<std::int64_t>();
    return 1;
}

int32_t read_f64(pf_val value, double* out) noexcept {
    if (value.doc == 0) {
        return 0;
    }
    const tape_ref at = place(value);
    switch (at.tape_ref_type()) {
        case tape_type::INT64:
            *out = static_cast<double>(at.next_tape_value<std::int64_t>());
            return 1;
        case tape_type::UINT64:
            *out = static_cast<double>(at.next_tape_value<std::uint64_t>());
            return 1;
        case tape_type::DOUBLE:
            *out = at.next_tape_value<double>();
            return 1;
        default:
            return 0;
    }
}

int32_t read_boolean(pf_val value, int32_t* out) noexcept {
    if (read_kind(value) != PF_KIND_BOOL) {
        return 0;
    }
    *out = is(value, tape_type::TRUE_VALUE) ? 1 : 0;
    return 1;
}

}  // namespace

const pf_reader& reader() {
    static const pf_reader table{sizeof(pf_reader), read_kind, read_get, read_first, read_next,
                                 read_key,          read_str,  read_i64, read_f64,   read_boolean};
    return table;
}

struct Document::State {
    simdjson::dom::parser parser;
    Parsed parsed;
    simdjson::padded_string copy;
    bool is_parsed = false;
};

Document::Document() : state_(std::make_unique<State>()) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

Status Document::parse_padded(std::string_view text) {
    State& state = *state_;
    state.is_parsed = false;
    if (text.size() > state.parser.capacity()) {
        // A little more than asked, since pages of one list differ in size by little.
        const auto error = state.parser.allocate(text.size() + text.size() / 4 + 4096, max_depth);
        if (error != simdjson::SUCCESS) {
            return Status(
                Code::resource_exhausted, "ERROR_PRISM_TOO_LARGE",
                "no memory to read an answer of " + std::to_string(text.size()) + " bytes");
        }
    }
    state.parsed.renew();
    const auto result =
        state.parser.parse_into_document(state.parsed, text.data(), text.size(), false);
    if (result.error() != simdjson::SUCCESS) {
        return Status(Code::data_loss, "ERROR_PRISM_ANSWER",
                      std::string("the answer is not usable JSON: ") +
                          simdjson::error_message(result.error()));
    }
    state.is_parsed = true;
    return Status();
}

Status Document::parse(std::string_view text) {
    state_->copy = simdjson::padded_string(text);
    return parse_padded({state_->copy.data(), state_->copy.size()});
}

pf_val Document::root() const noexcept {
    if (!state_->is_parsed) {
        return absent;
    }
    // Place 0 of a tape is the root marker, place 1 the value itself.
    return std::bit_cast<pf_val>(tape_ref(&state_->parsed, 1));
}

}  // namespace pf::host::services
