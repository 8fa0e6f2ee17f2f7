#include "host/cli/capture_text.hpp"

#include "host/cli/human.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

constexpr std::size_t label_width = 11;

std::string line(const char* label, const std::string& value) {
    return pad(label, label_width) + clean(value) + "\n";
}

}  // namespace

std::string recorded_line(const std::string& path, const capture::Recording& recording,
                          Outcome outcome) {
    const auto left_out = recording.left_out();
    return path + ": " + counted(recording.exchanges(), "exchange") + ", " +
           size_text(static_cast<double>(recording.size())) + ", " +
           std::string(outcome_name(outcome)) +
           (left_out == 0 ? "" : ", " + counted(left_out, "body") + " left out") +
           "; prismforet record --check " + path + " tells what is in it";
}

std::string capture_text(const std::string& path, const capture::CaptureSummary& summary) {
    std::string text = line("file", path);
    text += line("made by", summary.program + ", " + summary.began);
    text += line("redacted", summary.is_redacted
                                 ? "yes: texts, addresses and ids are replaced by others"
                                 : "NO: it holds what Prism said, names and addresses included");
    text += line("whole", !summary.has_end       ? "no: the file was cut off"
                          : !summary.is_complete ? "no: the collection was partial or interrupted"
                                                 : "yes");
    for (const std::string& target : summary.targets) {
        text += line("target", target);
    }
    text += line(
        "exchanges",
        counted(summary.exchanges, "exchange") + ", bodies of " +
            size_text(static_cast<double>(summary.bytes)) +
            (summary.failures == 0 ? ""
                                   : ", " + std::to_string(summary.failures) + " without answer") +
            (summary.left_out == 0 ? ""
                                   : ", " + std::to_string(summary.left_out) + " bodies left out"));
    for (const auto& [status, count] : summary.by_status) {
        text += line("status", std::to_string(status) + "  " + count_text(count));
    }
    for (const auto& [resource, count] : summary.by_resource) {
        text += line("asked", pad(count_text(count), 7, true) + "  " + resource);
    }
    text += line("look at it", "grep '\"/api/' " + path + " | less -S     one exchange per line");
    text += line("replay it", "prism-sim --replay " + path);
    return text;
}

}  // namespace pf::host::cli
