#include "host/services/findings.hpp"

#include <algorithm>

#include "host/services/text.hpp"

namespace pf::host::services {
namespace {

constexpr std::size_t most_ids = 5;
constexpr std::size_t longest_text = 1024;
constexpr std::size_t longest_id = 128;

}  // namespace

Finding* Findings::find(Heap& heap, std::string_view code) {
    const auto at = std::find_if(heap.all.begin(), heap.all.end(),
                                 [&](const Finding& finding) { return finding.code == code; });
    return at == heap.all.end() ? nullptr : &*at;
}

void Findings::add(Finding& finding, std::string_view id, std::uint64_t count) {
    finding.count += count;
    if (!id.empty() && finding.first_ids.size() < most_ids) {
        finding.first_ids.push_back(one_line(id, longest_id));
    }
}

void Findings::say(Heap& heap, std::string_view code, std::string_view text, std::string_view id,
                   std::uint64_t count) {
    Finding* finding = find(heap, code);
    if (finding == nullptr) {
        finding =
            &heap.all.emplace_back(Finding{std::string(code), one_line(text, longest_text), 0, {}});
    }
    add(*finding, id, count);
}

// A module that invents codes cannot grow us, nor push out what the host has to say.
void Findings::say_word(Heap& heap, std::string_view word, std::string_view why,
                        std::string_view id) {
    const std::string code = stable_word(word);
    if (Finding* const known = find(heap, code)) {
        add(*known, id, 1);
        return;
    }
    if (heap.words == most_words) {
        say(heap, further_words, "codes of the module beyond its first 64: " + std::string(why), id,
            1);
        return;
    }
    ++heap.words;
    say(heap, code, why, id, 1);
}

void Findings::missing(std::string_view code, std::string_view text, std::string_view id,
                       std::uint64_t count) {
    say(missing_, code, text, id, count);
}

void Findings::note(std::string_view code, std::string_view text, std::string_view id) {
    say(notes_, code, text, id, 1);
}

void Findings::skip(std::string_view word, std::string_view why, std::string_view id) {
    say_word(missing_, word, why, id);
}

void Findings::remark(std::string_view word, std::string_view why, std::string_view id) {
    say_word(notes_, word, why, id);
}

}  // namespace pf::host::services
