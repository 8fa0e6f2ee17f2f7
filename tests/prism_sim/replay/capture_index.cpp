#include "tests/prism_sim/replay/capture_index.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/prism_sim/replay/request_key.hpp"

namespace pf::sim {
namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "prismforet/capture/";
constexpr std::string_view kVersion = "1";

[[noreturn]] void refuse(const std::string& what) { throw CaptureError(what); }

std::string text(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

class Reader {
  public:
    Reader(const std::string& path, int target) : path_(path), wanted_(target) {}

    CaptureIndex read() {
        std::ifstream file(path_, std::ios::binary);
        if (!file) refuse("cannot read " + path_ + ": " + std::strerror(errno));
        std::uint64_t offset = 0;
        for (std::string line; std::getline(file, line);) {
            ++line_;
            take(line, offset);
            offset += line.size() + 1;
        }
        if (line_ == 0) refuse(path_ + " is empty: no capture");
        choose_target();
        keep_useful();
        return std::move(index_);
    }

  private:
    [[noreturn]] void refuse_line(const std::string& why) const {
        refuse(path_ + ": line " + std::to_string(line_) + ": " + why);
    }

    void take(const std::string& line, std::uint64_t offset) {
        const json parsed = json::parse(line, nullptr, false);
        if (!parsed.is_object()) refuse_line("no JSON object");
        if (line_ == 1) return take_head(parsed);
        if (index_.has_end) refuse_line("stands behind the end of the capture");
        if (parsed.contains("end")) {
            index_.has_end = true;
        } else if (parsed.contains("request")) {
            take_exchange(parsed, {offset, line.size(), 0});
        } else if (parsed.contains("name")) {
            targets_[target_of(parsed)] = text(parsed, "name");
        } else {
            refuse_line("neither a target, nor an exchange, nor the end");
        }
    }

    void take_head(const json& head) {
        const std::string schema = text(head, "schema");
        if (!schema.starts_with(kFormat))
            refuse(path_ + " is no capture: its first line has no schema " + std::string(kFormat) +
                   std::string(kVersion));
        if (std::string_view(schema).substr(kFormat.size()) != kVersion)
            refuse(path_ + " is in the format " + schema + " of " + text(head, "program") +
                   "; this program replays " + std::string(kFormat) + std::string(kVersion) +
                   ", take the prism-sim of that version");
        index_.program = text(head, "program");
        index_.is_redacted = head.value("redacted", json()) == true;
    }

    int target_of(const json& line) const {
        const auto found = line.find("target");
        if (found == line.end() || !found->is_number_unsigned() || *found > 1'000'000U)
            refuse_line("has no number of a target");
        return found->get<int>();
    }

    void take_exchange(const json& line, RecordedAnswer answer) {
        const json& asked = line.at("request");
        Request request;
        request.method = asked.is_object() ? text(asked, "method") : std::string();
        const std::string target = asked.is_object() ? text(asked, "target") : std::string();
        if (request.method.empty() || !target.starts_with('/'))
            refuse_line("the request has no method or no path");
        set_target(request, target);
        request.body = text(asked, "body");
        const int of = target_of(line);
        targets_.try_emplace(of);
        if (wanted_ >= 0 && of != wanted_) return;
        ++index_.exchanges;
        RecordedRequest& known = index_.requests[request_key(request)];
        if (const std::string failure = text(line, "failure"); !failure.empty()) {
            known.failure = failure;
            return;
        }
        const json said = line.value("answer", json());
        const json status = said.is_object() ? said.value("status", json()) : json();
        if (!status.is_number_integer() || status < 100 || status > 599)
            refuse_line("the answer has no HTTP status");
        answer.status = status.get<int>();
        known.answers.push_back(answer);
    }

    void choose_target() const {
        if (wanted_ >= 0 && !targets_.contains(wanted_))
            refuse(path_ + " has no target " + std::to_string(wanted_) + listed());
        if (wanted_ < 0 && targets_.size() > 1)
            refuse(path_ + " has several targets: choose with --replay-target" + listed());
    }

    [[nodiscard]] std::string listed() const {
        std::string list;
        for (const auto& [number, name] : targets_)
            list += (list.empty() ? "; there are " : ", ") + std::to_string(number) + " " + name;
        return list;
    }

    // Logging in is the simulator's business: that a cookie had expired, or that one had to go
    // another way with a token that no capture holds, is no part of the data.
    void keep_useful() {
        const auto is_of_login = [](const RecordedAnswer& one) {
            return one.status == 401 || one.status / 100 == 3;
        };
        for (auto& [key, known] : index_.requests)
            if (!std::all_of(known.answers.begin(), known.answers.end(), is_of_login))
                std::erase_if(known.answers, is_of_login);
    }

    const std::string& path_;
    const int wanted_;
    CaptureIndex index_;
    std::map<int, std::string> targets_;
    std::uint64_t line_ = 0;
};

}  // namespace

CaptureIndex read_capture(const std::string& path, int target) {
    return Reader(path, target).read();
}

}  // namespace pf::sim
