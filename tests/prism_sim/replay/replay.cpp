#include "tests/prism_sim/replay/replay.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/replay/capture_index.hpp"
#include "tests/prism_sim/replay/request_key.hpp"

namespace pf::sim {
namespace {

using nlohmann::json;

// Not 404: that would say that this Prism Central does not have the API.
constexpr std::uint32_t kNotRecorded = 410;

constexpr std::array<std::string_view, 5> kHeaders = {"Retry-After", "X-Ntnx-Env", "X-Ntnx-Product",
                                                      "Location", "WWW-Authenticate"};

std::string from_base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const std::size_t value = digits.find(c);
        if (value == std::string_view::npos) break;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 255U);
        }
    }
    return out;
}

// Whole lines are read at a place, so several threads share one descriptor.
class LineFile {
  public:
    explicit LineFile(const std::string& path)
        : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (descriptor_ < 0)
            throw CaptureError("cannot read " + path + ": " + std::strerror(errno));
    }
    ~LineFile() { ::close(descriptor_); }
    LineFile(const LineFile&) = delete;
    LineFile& operator=(const LineFile&) = delete;

    /// Shorter than asked for when the file is not what it was.
    [[nodiscard]] std::string at(const RecordedAnswer& place) const {
        std::string line(place.size, '\0');
        std::size_t have = 0;
        while (have < line.size()) {
            const ssize_t got = ::pread(descriptor_, line.data() + have, line.size() - have,
                                        static_cast<off_t>(place.offset + have));
            if (got <= 0) break;
            have += static_cast<std::size_t>(got);
        }
        line.resize(have);
        return line;
    }

  private:
    int descriptor_;
};

}  // namespace

struct Replay::Impl {
    Impl(const std::string& file, int target)
        : path(file), index(read_capture(file, target)), lines(file) {}

    /// The place of the next answer to this request.
    RecordedAnswer next(const std::string& key, const RecordedRequest& known) {
        const std::lock_guard lock(mutex);
        return known.answers[turns[key]++ % known.answers.size()];
    }
    /// A text that lives as long as this object.
    std::string_view kept(const std::string& text) {
        const std::lock_guard lock(mutex);
        return *content_types.insert(text).first;
    }
    void fill(const json& answer, Response& response);

    const std::string path;
    const CaptureIndex index;
    const LineFile lines;
    std::mutex mutex;
    std::unordered_map<std::string, std::size_t> turns;
    std::set<std::string> content_types;
};

Replay::Replay(const std::string& path, int target) : impl_(std::make_unique<Impl>(path, target)) {}
Replay::~Replay() = default;

std::size_t Replay::size() const { return impl_->index.requests.size(); }

std::string Replay::description() const {
    return "capture=" + impl_->path + " requests=" + std::to_string(size()) +
           (impl_->index.is_redacted ? " redacted" : "") +
           (impl_->index.has_end ? "" : " CUT-OFF: the file has no end line, answers are missing");
}

void Replay::Impl::fill(const json& answer, Response& response) {
    response.status = answer.at("status").get<std::uint32_t>();
    response.content_type = {};
    for (const json& field : answer.value("headers", json::array())) {
        if (!field.is_array() || field.size() != 2 || !field[0].is_string() ||
            !field[1].is_string())
            continue;
        const auto& name = field[0].get_ref<const std::string&>();
        if (name == "Content-Type") response.content_type = kept(field[1].get<std::string>());
        for (const std::string_view header : kHeaders)
            if (name == header) response.headers.emplace_back(header, field[1].get<std::string>());
    }
    if (const auto body = answer.find("body"); body != answer.end() && body->is_string())
        response.body.append(body->get_ref<const std::string&>());
    if (const auto body = answer.find("body_base64"); body != answer.end() && body->is_string())
        response.body.append(from_base64(body->get_ref<const std::string&>()));
}

void Replay::answer(const Request& request, Response& response) {
    const auto refuse = [&](const std::string& why) {
        response.status = kNotRecorded;
        JsonWriter out(response.body);
        out.open_item();
        out.plain("state", "ERROR");
        out.number("code", kNotRecorded);
        out.open_list("message_list");
        out.open_item();
        out.plain("reason", "NOT_IN_CAPTURE");
        out.text("message", why + ": " + request.method + " " + request.target);
        out.close();
        out.close_list();
        out.close();
    };
    const std::string key = request_key(request);
    const auto found = impl_->index.requests.find(key);
    if (found == impl_->index.requests.end()) return refuse("this request is not in the capture");
    if (found->second.answers.empty())
        return refuse("the capture has no answer (" + found->second.failure + ") to this request");
    const std::string line = impl_->lines.at(impl_->next(key, found->second));
    const json parsed = json::parse(line, nullptr, false);
    if (!parsed.is_object() || !parsed.contains("answer"))
        return refuse("the capture has changed since it was opened");
    impl_->fill(parsed.at("answer"), response);
}

}  // namespace pf::sim
