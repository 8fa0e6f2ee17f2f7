#include "host/services/document.hpp"

#include "host/services/tape.hpp"

namespace pf::host::services {

struct Document::State {
    simdjson::dom::parser parser;
    Tape tape;
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
    state.tape.renew();
    const auto result =
        state.parser.parse_into_document(state.tape, text.data(), text.size(), false);
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
    // Place 0 of a tape is the root marker, place 1 the value itself.
    return state_->is_parsed ? place_on(state_->tape, 1) : pf_val{0, 0};
}

}  // namespace pf::host::services
