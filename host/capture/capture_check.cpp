#include "host/capture/capture_check.hpp"

#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "host/capture/recording.hpp"
#include "host/capture/text_shape.hpp"

namespace pf::host::capture {
namespace {

using nlohmann::json;

Status odd(const std::string& what) {
    return Status(Code::failed_precondition, "ERROR_CAPTURE", what);
}

const json& member(const json& object, const char* key) {
    static const json nothing;
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() ? *found : nothing;
}

std::string text_of(const json& value) { return value.is_string() ? value.get<std::string>() : ""; }
bool is_true(const json& value) { return value.is_boolean() && value.get<bool>(); }
std::uint64_t number_of(const json& value) {
    return value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
}

Status read_head(const json& head, CaptureSummary& summary) {
    const std::string schema = text_of(member(head, "schema"));
    if (schema.rfind("prismforet/capture/", 0) != 0) {
        return odd("this is no capture of prismforet; its first line names no schema");
    }
    if (schema != schema_name) {
        return odd(
            "the capture is in the format " + schema + ", this program knows " +
            std::string(schema_name) + "; use the version of prismforet that made it" +
            (member(head, "program").is_string() ? ": " + text_of(member(head, "program")) : ""));
    }
    summary.program = text_of(member(head, "program"));
    summary.began = text_of(member(head, "began"));
    summary.is_redacted = is_true(member(head, "redacted"));
    return Status();
}

// The path without its query, and ids as {id}.
std::string resource_of(const std::string& target) {
    std::string path = target.substr(0, target.find('?'));
    for (std::size_t at = path.find('/'); at != std::string::npos; at = path.find('/', at + 1)) {
        const std::size_t end = std::min(path.find('/', at + 1), path.size());
        if (is_uuid(std::string_view(path).substr(at + 1, end - at - 1))) {
            path.replace(at + 1, end - at - 1, "{id}");
        }
    }
    return path;
}

Status read_exchange(const json& line, CaptureSummary& summary) {
    const json& request = member(line, "request");
    const json& answer = member(line, "answer");
    const bool has_failed = member(line, "failure").is_string();
    if (!member(request, "target").is_string() || !member(request, "method").is_string() ||
        (!has_failed && !member(answer, "status").is_number_integer())) {
        return odd("it has no request and answer");
    }
    ++summary.exchanges;
    ++summary.by_resource[text_of(member(request, "method")) + " " +
                          resource_of(text_of(member(request, "target")))];
    if (has_failed) {
        ++summary.failures;
        return Status();
    }
    ++summary.by_status[member(answer, "status").get<int>()];
    summary.bytes += text_of(member(answer, "body")).size();
    summary.left_out += member(answer, "body_left_out").is_object() ? 1 : 0;
    return Status();
}

Status read_line(const json& line, CaptureSummary& summary) {
    if (summary.has_end) {
        return odd("it stands behind the end");
    }
    if (const json& end = member(line, "end"); end.is_object()) {
        summary.has_end = true;
        summary.is_complete = is_true(member(end, "complete"));
        return number_of(member(end, "exchanges")) == summary.exchanges
                   ? Status()
                   : odd("it tells of " + std::to_string(number_of(member(end, "exchanges"))) +
                         " exchanges, there are " + std::to_string(summary.exchanges));
    }
    if (member(line, "name").is_string() && member(line, "request").is_null()) {
        summary.targets.push_back(text_of(member(line, "name")));
        return Status();
    }
    return read_exchange(line, summary);
}

}  // namespace

Result<CaptureSummary> check_capture(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return Status(Code::failed_precondition, "ERROR_CONFIG_FILE",
                      "cannot read " + path + ": " + std::generic_category().message(errno));
    }
    CaptureSummary summary;
    std::uint64_t number = 0;
    for (std::string text; std::getline(file, text);) {
        ++number;
        const json line = json::parse(text, nullptr, false);
        Status status = line.is_object() ? Status()
                        : number == 1    ? odd("this is no capture of prismforet: no JSON object")
                                         : odd("it is no JSON object");
        if (status.ok()) {
            status = number == 1 ? read_head(line, summary) : read_line(line, summary);
        }
        if (!status.ok()) {
            return number == 1 ? status.within(path)
                               : status.within(path + ": line " + std::to_string(number));
        }
    }
    return number == 0 ? Result<CaptureSummary>(odd(path + " is empty; it is no capture"))
                       : Result<CaptureSummary>(std::move(summary));
}

}  // namespace pf::host::capture
