#include "host/cli/ledger_text.hpp"

#include <nlohmann/json.hpp>

#include "host/cli/human.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

std::uint64_t number(const Json& ledger, const char* key) {
    const auto found = ledger.find(key);
    return found != ledger.end() && found->is_number() ? found->get<std::uint64_t>() : 0;
}

// "name 12" pairs on one line, the names padded so that lines stand below each other.
struct Pair {
    const char* name;
    std::string value;
};

std::string aligned(const std::vector<Pair>& pairs) {
    std::string line;
    for (const Pair& pair : pairs) {
        line += pad(pair.name, 18) + pad(pair.value, 12, true) + "\n";
    }
    return line;
}

std::string bullet_lines(const Json& ledger, const char* key, const char* word) {
    std::string text;
    const auto found = ledger.find(key);
    if (found != ledger.end() && found->is_array()) {
        for (const Json& one : *found) {
            text += std::string(word) + ": " +
                    clean(one.is_string() ? one.get<std::string>() : one.dump()) + "\n";
        }
    }
    return text;
}

}  // namespace

std::string_view outcome_name(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::complete:
            return "complete";
        case Outcome::partial:
            return "partial";
        case Outcome::failed:
            return "failed";
        case Outcome::interrupted:
            return "interrupted";
        case Outcome::limited:
            return "limited";
    }
    return "failed";
}

Outcome outcome_of(const runtime::RunReport& report, bool is_limited,
                   bool is_interrupted) noexcept {
    if (is_interrupted) {
        return Outcome::interrupted;
    }
    if (is_limited) {
        return Outcome::limited;
    }
    if (report.is_complete()) {
        return Outcome::complete;
    }
    for (const runtime::ListReport& list : report.lists) {
        if (list.emitted > 0 || list.is_complete) {
            return Outcome::partial;
        }
    }
    return Outcome::failed;
}

std::string summary_json(const runtime::RunReport& report, std::uint64_t items, Outcome outcome,
                         const std::vector<std::string>& selection) {
    Json summary = {{"outcome", outcome_name(outcome)}, {"items", items}};
    summary.update(Json::parse(report.to_json()));
    summary["complete"] = outcome == Outcome::complete;
    if (!selection.empty()) {
        summary["selection"] = selection;
    }
    if (outcome == Outcome::limited) {
        summary["reasons"] = Json::array();  // that the run was cut is what was asked for
    }
    return summary.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string summary_line(const runtime::RunReport& report, std::uint64_t items, Outcome outcome) {
    const runtime::ListReport sum = report.total();
    std::string rows = counted(items, "row");
    if (outcome != Outcome::complete && outcome != Outcome::limited && sum.server_total > 0) {
        rows = count_text(items) + " of " + counted(sum.server_total, "row");
    }
    return rows + " · " + std::string(outcome_name(outcome)) + " · " +
           counted(report.prism_calls, "call") + " to Prism, " + count_text(report.prism_retries) +
           (report.prism_retries == 1 ? " retry" : " retries") + " · " +
           span_text(std::chrono::milliseconds(report.elapsed_ms));
}

std::string ledger_lines(std::string_view ledger_json) {
    const Json ledger = Json::parse(ledger_json, nullptr, false);
    if (!ledger.is_object()) {
        return {};
    }
    const auto count = [&ledger](const char* key) { return count_text(number(ledger, key)); };
    const auto span = [&ledger](const char* key) {
        return span_text(std::chrono::milliseconds(number(ledger, key)));
    };
    std::string text = aligned({{"server total", count("server_total")},
                                {"unique", count("unique")},
                                {"emitted", count("emitted")},
                                {"filtered", count("filtered")},
                                {"skipped", count("skipped")},
                                {"lost", count("lost")},
                                {"repeated", count("repeated")},
                                {"calls to Prism", count("calls")},
                                {"retries", count("retries")},
                                {"waited for Prism", span("prism_wait_ms")},
                                {"for the receiver", span("receiver_wait_ms")},
                                {"elapsed", span("elapsed_ms")}});
    const auto complete = ledger.find("complete");
    const bool is_complete = complete != ledger.end() && *complete == true;
    text += pad("result", 18) + pad(is_complete ? "complete" : "partial", 12, true) + "\n";
    text += bullet_lines(ledger, "reasons", "missing");
    text += bullet_lines(ledger, "notes", "note");
    return text;
}

}  // namespace pf::host::cli
