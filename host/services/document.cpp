#include "host/services/document.hpp"

#include "host/services/live_documents.hpp"
#include "host/services/tape.hpp"
#include "host/services/text_faults.hpp"

namespace pf::host::services {

namespace {

// More places than this, and a text is no text.
constexpr std::uint64_t most_replaced = 65536;

}  // namespace

struct Document::State {
    simdjson::dom::parser parser;
    Tape tape;
    LiveDocument live{tape};
    simdjson::padded_string copy;
    bool is_parsed = false;
    bool is_text_fault = false;  // why the last text was refused
};

Document::Document() : state_(std::make_unique<State>()) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

Status Document::parse_padded(std::string_view text) {
    State& state = *state_;
    state.is_parsed = state.is_text_fault = false;
    if (text.size() > state.parser.capacity()) {
        // A little more than asked, since pages of one list differ in size by little.
        const auto error = state.parser.allocate(text.size() + text.size() / 4 + 4096, max_depth);
        if (error != simdjson::SUCCESS) {
            return Status(
                Code::resource_exhausted, "ERROR_PRISM_TOO_LARGE",
                "no memory to read an answer of " + std::to_string(text.size()) + " bytes");
        }
    }
    if (!state.live.renew()) {
        return Status(Code::resource_exhausted, "ERROR_TOO_MANY_DOCUMENTS",
                      "too many answers are being read at once; run fewer collections at a time");
    }
    const auto result =
        state.parser.parse_into_document(state.tape, text.data(), text.size(), false);
    state.is_text_fault = result.error() == simdjson::UTF8_ERROR ||
                          result.error() == simdjson::UNESCAPED_CHARS ||
                          result.error() == simdjson::STRING_ERROR;
    if (result.error() != simdjson::SUCCESS) {
        return Status(Code::data_loss, "ERROR_PRISM_ANSWER",
                      std::string("the answer is not usable JSON: ") +
                          simdjson::error_message(result.error()));
    }
    state.is_parsed = true;
    return Status();
}

Status Document::parse_cleaned(std::string_view text, std::uint64_t& replaced) {
    replaced = 0;
    Status parsed = parse_padded(text);
    if (parsed.ok() || !state_->is_text_fault) {
        return parsed;
    }
    auto cleaned = clean_strings(text, most_replaced);
    if (!cleaned) {
        return parsed;
    }
    parsed = parse(cleaned->text);
    replaced = parsed.ok() ? cleaned->replaced : 0;
    return parsed;
}

Status Document::parse(std::string_view text) {
    state_->copy = simdjson::padded_string(text);
    return parse_padded({state_->copy.data(), state_->copy.size()});
}

pf_val Document::root() const noexcept {
    // Place 0 of a tape is the root marker, place 1 the value itself.
    return state_->is_parsed ? place_on(state_->tape, 1) : pf_val{0, 0};
}

void Document::adopt() noexcept { state_->live.adopt(); }

bool Document::was_read_elsewhere() const noexcept { return state_->live.was_read_elsewhere(); }

std::uint64_t take_stale_reads() noexcept { return LiveDocument::take_stale_reads(); }

}  // namespace pf::host::services
