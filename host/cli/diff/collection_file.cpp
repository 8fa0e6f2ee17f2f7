#include "host/cli/diff/collection_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/cli/bounded_json.hpp"
#include "host/cli/console/member.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

// A collection of a hundred thousand large VMs is a tenth of it.
constexpr std::size_t largest_file = std::size_t{8} << 30;

Status bad_file(const std::string& message) {
    return Status(Code::invalid_argument, "ERROR_COLLECTION_FILE", message);
}

// What was not asked for is not in the file, and may well be there.
void read_selection(const Json& summary, CollectionFile& file) {
    const Json* const selection = member(summary, "selection");
    std::string texts;
    for (std::size_t i = 0; selection != nullptr && selection->is_array() && i < selection->size();
         ++i) {
        if ((*selection)[i].is_string()) {
            texts += (texts.empty() ? "" : ", ") + (*selection)[i].get<std::string>();
        }
    }
    if (!texts.empty()) {
        file.gaps.push_back("it was collected for these only: " + texts);
    }
}

void read_summary(const Json& summary, CollectionFile& file) {
    read_selection(summary, file);
    const Json* const complete = member(summary, "complete");
    if (complete != nullptr && complete->is_boolean() && complete->get<bool>()) {
        return;
    }
    const std::size_t before = file.gaps.size();
    const Json* const reasons = member(summary, "reasons");
    for (std::size_t i = 0; reasons != nullptr && reasons->is_array() && i < reasons->size(); ++i) {
        if ((*reasons)[i].is_string()) {
            file.gaps.push_back((*reasons)[i].get<std::string>());
        }
    }
    if (file.gaps.size() == before) {
        const std::string outcome = text_member(summary, "outcome");
        file.gaps.push_back("the collection is " + (outcome.empty() ? "partial" : outcome));
    }
}

Status read_line(std::string_view line, std::size_t number, CollectionFile& file,
                 bool& has_summary) {
    const std::string place = "line " + std::to_string(number);
    const Json value = parse_bounded(line);
    if (!value.is_object()) {
        return bad_file(place + " is no JSON object; write the file with `collect -o ndjson`");
    }
    if (!text_member(value, "schema").empty()) {
        if (const Json* summary = object_member(value, "summary");
            summary != nullptr && member(value, "items") == nullptr) {
            has_summary = true;
            read_summary(*summary, file);
            return Status();
        }
        return bad_file(place + " is a whole document; write the file with `collect -o ndjson`");
    }
    if (text_member(value, "cloud_service_type").empty()) {
        return bad_file(place + " is no resource; write the file with `collect -o ndjson`");
    }
    file.rows.push_back(
        {identity_of(value), text_member(value, "name"), std::string(line), number});
    return Status();
}

}  // namespace

Result<CollectionFile> parse_collection(std::string_view text) {
    CollectionFile file;
    bool has_summary = false;
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        ++number;
        at = end + 1;
        if (line.find_first_not_of(" \t\r") == line.npos) {
            continue;
        }
        if (Status status = read_line(line, number, file, has_summary); !status.ok()) {
            return status;
        }
    }
    if (!has_summary) {
        file.gaps.push_back("it ends without a summary, so it was cut");
    }
    return file;
}

Result<CollectionFile> read_collection(const std::string& path) {
    const bool is_input = path == "-";
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> opened(
        is_input ? nullptr : std::fopen(path.c_str(), "rbe"), std::fclose);
    std::FILE* const stream = is_input ? stdin : opened.get();
    const auto failed = [&path] {
        return bad_file("cannot read " + path + ": " + std::strerror(errno));
    };
    if (stream == nullptr) {
        return failed();
    }
    std::string text;
    std::vector<char> part(std::size_t{1} << 20);
    while (const std::size_t count = std::fread(part.data(), 1, part.size(), stream)) {
        if (text.size() + count > largest_file) {
            return bad_file(path + " has more than 8 GiB");
        }
        text.append(part.data(), count);
    }
    if (std::ferror(stream) != 0) {
        return failed();
    }
    auto file = parse_collection(text);
    return file ? std::move(file) : Result<CollectionFile>(file.status().within(path));
}

}  // namespace pf::host::cli
