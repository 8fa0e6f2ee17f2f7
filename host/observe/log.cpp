#include "host/observe/log.hpp"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>

#include "host/observe/log_line.hpp"

namespace pf::host::observe {
namespace {

class WriterSink final : public spdlog::sinks::base_sink<std::mutex> {
  public:
    explicit WriterSink(Writer writer) : writer_(std::move(writer)) {}

  private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        writer_({message.payload.data(), message.payload.size()});
    }
    void flush_() override {}
    Writer writer_;
};

std::shared_ptr<spdlog::logger> make_logger(Writer writer) {
    spdlog::sink_ptr sink;
    if (writer) {
        sink = std::make_shared<WriterSink>(std::move(writer));
    } else {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        sink->set_pattern("%v");
    }
    auto logger = std::make_shared<spdlog::logger>("prismforet", std::move(sink));
    logger->set_level(spdlog::level::trace);
    logger->flush_on(spdlog::level::trace);
    // A log that cannot be written has nowhere to say so.
    logger->set_error_handler([](const std::string&) {});
    return logger;
}

struct State {
    std::atomic<Level> level{Level::info};
    std::atomic<Format> format{Format::logfmt};
    std::mutex mutex;
    std::shared_ptr<spdlog::logger> logger = make_logger({});

    std::shared_ptr<spdlog::logger> current() {
        const std::lock_guard lock(mutex);
        return logger;
    }
};

State& state() {
    // Never destroyed: threads may log while the process ends.
    static auto* const one = new State;
    return *one;
}

spdlog::level::level_enum spdlog_level(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warn:
            return spdlog::level::warn;
        case Level::error:
        case Level::off:
            break;
    }
    return spdlog::level::err;
}

}  // namespace

void set_log(LogSettings settings) noexcept {
    try {
        State& all = state();
        auto logger = make_logger(std::move(settings.writer));
        all.level = settings.level;
        all.format = settings.format;
        const std::lock_guard lock(all.mutex);
        all.logger = std::move(logger);
    } catch (...) {
        return;  // the log before stays in use
    }
}

bool is_logged(Level level) noexcept {
    return level != Level::off && level >= state().level.load();
}

void log(Level level, std::string_view event, std::initializer_list<Field> fields) noexcept {
    log(level, event, std::span<const Field>(fields.begin(), fields.size()));
}

void log(Level level, std::string_view event, std::span<const Field> fields) noexcept {
    if (!is_logged(level)) {
        return;
    }
    try {
        State& all = state();
        const auto call = CallTrace::here();
        const std::string line = format_line(all.format, std::chrono::system_clock::now(), level,
                                             event, fields, call.get());
        all.current()->log(spdlog_level(level), spdlog::string_view_t(line.data(), line.size()));
    } catch (...) {
        return;  // no work fails because its log line could not be written
    }
}

std::optional<Level> parse_level(std::string_view text) noexcept {
    struct Word {
        std::string_view text;
        Level level;
    };
    static constexpr std::array<Word, 8> words = {{{"trace", Level::debug},
                                                   {"debug", Level::debug},
                                                   {"info", Level::info},
                                                   {"warn", Level::warn},
                                                   {"warning", Level::warn},
                                                   {"error", Level::error},
                                                   {"critical", Level::error},
                                                   {"off", Level::off}}};
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    for (const Word& word : words) {
        if (std::equal(text.begin(), text.end(), word.text.begin(), word.text.end(),
                       [&](char a, char b) { return lower(a) == b; })) {
            return word.level;
        }
    }
    return std::nullopt;
}

std::string_view level_name(Level level) noexcept {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warn:
            return "warn";
        case Level::error:
            return "error";
        case Level::off:
            break;
    }
    return "off";
}

}  // namespace pf::host::observe
