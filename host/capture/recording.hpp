// Recording: makes a capture of what goes to targets and comes back.
//
//     auto recording = Recording::start("pc1.ndjson", {.is_redacted = true, .program = "..."});
//     spec.observer = (*recording)->observer(target_name);
//     ... use the target ...
//     Status status = (*recording)->finish(is_complete);
//
// Memory stays flat: an exchange is written when it is over. Credentials never come here: requests
// are seen without their header, and the values of cookies are blanked wherever they show up.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/capture/capture_file.hpp"
#include "host/capture/exchange_line.hpp"
#include "host/capture/redactor.hpp"
#include "host/prism/exchange.hpp"

namespace pf::host::capture {

// The format's name and version, as the first line gives it.
inline constexpr std::string_view schema_name = "prismforet/capture/1";

struct RecordingSettings {
    bool is_redacted = true;
    std::string program;                  // "prismforet 0.9.0"
    std::vector<std::string> path_words;  // more words of paths that name nothing, from descriptors
};

class Recording {
  public:
    // FAILED_PRECONDITION (ERROR_OUTPUT) when the file cannot be made.
    static Result<std::unique_ptr<Recording>> start(const std::string& path,
                                                    RecordingSettings settings);
    ~Recording();
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

    // What a target's settings want. One per target; `name` is its "host:port". The recording
    // outlives every use of it.
    std::shared_ptr<prism::ExchangeObserver> observer(const std::string& name);

    // Exchanges so far.
    std::uint64_t exchanges() const noexcept { return exchanges_.load(); }
    // Of those, answered ones.
    std::uint64_t answers() const noexcept { return answers_.load(); }
    // Bodies that were left out since they are no JSON.
    std::uint64_t left_out() const noexcept { return left_out_.load(); }
    // Bytes of the file so far.
    std::uint64_t size() const { return file_->size(); }
    // OK while everything could be written.
    Status failure() const { return file_->failure(); }

    // Writes the last line and puts the file into its place.
    Status finish(bool is_complete);

  private:
    class Observer;
    Recording(std::unique_ptr<CaptureFile> file, RecordingSettings settings);
    void add(std::size_t target, const prism::Exchange& exchange);
    void remember_cookies(const std::vector<std::string>& set_cookies);
    std::string scrubbed(std::string_view text) const;

    const RecordingSettings settings_;
    const Redactor redactor_;
    const std::unique_ptr<CaptureFile> file_;
    const LineRules rules_;
    const std::chrono::system_clock::time_point began_;
    std::atomic<std::uint64_t> exchanges_{0};
    std::atomic<std::uint64_t> answers_{0};
    std::atomic<std::uint64_t> left_out_{0};
    mutable std::mutex mutex_;
    std::size_t targets_ = 0;
    std::deque<Secret> cookies_;  // the latest values
};

}  // namespace pf::host::capture
