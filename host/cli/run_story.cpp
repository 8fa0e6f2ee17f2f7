#include "host/cli/run_story.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>
#include <vector>

#include "host/cli/exit_code.hpp"
#include "host/cli/terminal.hpp"

namespace pf::host::cli {
namespace {

// The text of a reason behind its target, which the text may name already.
std::string placed(const runtime::Reason& reason) {
    const std::string place = reason.target.empty() ? "" : reason.target + ": ";
    return reason.text.starts_with(place) ? reason.text : place + reason.text;
}

// What is the same of several kinds is said once, with all of them.
void tell_notes(Session& session, const std::vector<runtime::Reason>& notes) {
    std::vector<std::pair<std::string, std::string>> lines;  // a note, its kinds
    for (const runtime::Reason& note : notes) {
        const std::string text = "note: " + note.code + ": " + placed(note);
        const auto same = std::find_if(lines.begin(), lines.end(),
                                       [&](const auto& line) { return line.first == text; });
        if (same == lines.end()) {
            lines.emplace_back(text, note.kind);
        } else {
            same->second += ", " + note.kind;
        }
    }
    for (const auto& [text, kinds] : lines) {
        session.say(kinds.empty() ? text : text + " (" + kinds + ")");
    }
}

}  // namespace

Progress make_progress(const Session& session, bool draws_on_stdout) {
    const app::Environment& environment = session.environment();
    const bool is_ci = environment.count("CI") > 0;
    Progress::Style style = Progress::Style::lines;
    if (session.flags.is_quiet || session.flags.no_progress || is_ci) {
        style = Progress::Style::off;
    } else if (can_redraw(STDERR_FILENO, environment)) {
        // A line that is drawn over would be mixed with data on the same terminal.
        style = draws_on_stdout ? Progress::Style::off : Progress::Style::redraw;
    }
    return Progress(style, "rows", output_width(STDERR_FILENO, environment),
                    [](std::string_view text) {
                        std::fwrite(text.data(), 1, text.size(), stderr);
                        std::fflush(stderr);
                    });
}

void tell_reasons(Session& session, const runtime::RunReport& report, Outcome outcome) {
    std::set<std::pair<std::string, std::string>> told;
    for (const runtime::Reason& reason : report.missing) {
        const std::string text = placed(reason);
        if (!told.insert({reason.code, text}).second) {
            continue;
        }
        const std::string count =
            reason.count > 1 ? " (" + std::to_string(reason.count) + " times)" : "";
        if (outcome == Outcome::failed) {
            static_cast<void>(
                session.fail(Status(Code::failed_precondition, reason.code, text + count)));
        } else {
            session.warn("missing " + (reason.kind.empty() ? "rows" : reason.kind) + ": " +
                         reason.code + ": " + text + count);
        }
    }
    if (outcome == Outcome::failed && report.missing.empty()) {
        static_cast<void>(session.fail(report.end));
    }
    tell_notes(session, report.notes);
}

int exit_of(Outcome outcome, const runtime::RunReport& report, int signal) {
    switch (outcome) {
        case Outcome::complete:
        case Outcome::limited:
            return exit_ok;
        case Outcome::interrupted:
            return exit_code_of_signal(signal);
        case Outcome::partial:
        case Outcome::failed:
            break;
    }
    return exit_code(report);
}

}  // namespace pf::host::cli
