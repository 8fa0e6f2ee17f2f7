#include "host/capture/recording.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/capture/exchange_line.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::capture {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr std::size_t most_cookies = 32;
constexpr std::size_t shortest_cookie = 6;

}  // namespace

class Recording::Observer final : public prism::ExchangeObserver {
  public:
    Observer(Recording& recording, std::size_t target) : recording_(recording), target_(target) {}
    void observe(const prism::Exchange& exchange) noexcept override {
        try {
            recording_.add(target_, exchange);
        } catch (const std::exception& error) {
            // A capture with a hole that nobody knows of is worse than none.
            recording_.file_->spoil(error.what());
        }
    }

  private:
    Recording& recording_;
    const std::size_t target_;
};

Result<std::unique_ptr<Recording>> Recording::start(const std::string& path,
                                                    RecordingSettings settings) {
    auto file = CaptureFile::create(path);
    if (!file) {
        return file.status();
    }
    return std::unique_ptr<Recording>(new Recording(std::move(*file), std::move(settings)));
}

Recording::Recording(std::unique_ptr<CaptureFile> file, RecordingSettings settings)
    : settings_(std::move(settings)),
      redactor_(settings_.path_words),
      file_(std::move(file)),
      rules_{settings_.is_redacted ? &redactor_ : nullptr,
             [this](std::string_view text) { return scrubbed(text); }},
      began_(system_clock::now()) {
    const Json head = {{"schema", schema_name},
                       {"program", settings_.program},
                       {"began", time_text(began_)},
                       {"redacted", settings_.is_redacted}};
    file_->write(head.dump());
}

Recording::~Recording() = default;

std::shared_ptr<prism::ExchangeObserver> Recording::observer(const std::string& name) {
    std::size_t index = 0;
    {
        const std::lock_guard lock(mutex_);
        index = targets_++;
    }
    const Json line = {{"target", index},
                       {"name", settings_.is_redacted ? redactor_.host(name) : scrubbed(name)}};
    file_->write(line.dump(-1, ' ', false, Json::error_handler_t::replace));
    return std::make_shared<Observer>(*this, index);
}

void Recording::remember_cookies(const std::vector<std::string>& set_cookies) {
    const std::lock_guard lock(mutex_);
    for (const std::string& line : set_cookies) {
        const std::string value(cookie_of(line).second);
        const bool is_known =
            std::any_of(cookies_.begin(), cookies_.end(),
                        [&value](const Secret& one) { return one.reveal() == value; });
        if (value.size() < shortest_cookie || is_known) {
            continue;
        }
        if (cookies_.size() == most_cookies) {
            cookies_.pop_front();
        }
        cookies_.emplace_back(value);
    }
}

// Without everything that is known to be secret: a server may say back what it was told.
std::string Recording::scrubbed(std::string_view text) const {
    std::string out = observe::redact(text);
    const std::lock_guard lock(mutex_);
    for (const Secret& cookie : cookies_) {
        const std::string_view value = cookie.reveal();
        for (std::size_t at = out.find(value); at != std::string::npos; at = out.find(value, at)) {
            out.replace(at, value.size(), "***");
        }
    }
    return out;
}

void Recording::add(std::size_t target, const prism::Exchange& exchange) {
    remember_cookies(exchange.set_cookies);
    const LinePlace place{exchanges_++, target,
                          std::chrono::duration_cast<milliseconds>(exchange.sent - began_)};
    bool is_body_left_out = false;
    file_->write(exchange_line(place, exchange, rules_, is_body_left_out));
    answers_ += exchange.http != 0 ? 1 : 0;
    left_out_ += is_body_left_out ? 1 : 0;
}

Status Recording::finish(bool is_complete) {
    const Json line = {{"end",
                        {{"exchanges", exchanges_.load()},
                         {"left_out", left_out_.load()},
                         {"complete", is_complete}}}};
    file_->write(line.dump());
    return file_->commit();
}

}  // namespace pf::host::capture
