#include "host/cli/session.hpp"

#include <unistd.h>

#include <cstdio>

#include "host/cli/exit_code.hpp"
#include "host/cli/text.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::cli {
namespace {

void put_line(std::string_view line) {
    const std::string text = std::string(line) + "\n";
    std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

ColourWish Session::colour() const {
    if (flags.color == "always") {
        return ColourWish::always;
    }
    return flags.color == "never" ? ColourWish::never : ColourWish::automatic;
}

Result<app::LoadedConfig> Session::load(std::vector<app::Override> overrides, bool is_server) {
    app::ConfigInputs inputs;
    inputs.file = flags.config_file;
    inputs.overrides = std::move(overrides);
    if (!flags.log_level.empty()) {
        inputs.overrides.push_back({"log.level", flags.log_level, "--log-level"});
    }
    if (!flags.log_format.empty()) {
        inputs.overrides.push_back({"log.format", flags.log_format, "--log-format"});
    }
    auto loaded = app::load_config(environment_, inputs);
    if (!loaded) {
        return loaded;
    }
    observe::LogSettings log;
    log.level = loaded->config.log.level;
    log.format = loaded->config.log.format;
    const app::Origin origin = loaded->layers->origin("log.level");
    if (!is_server && (origin.is_file() || origin.source == "default")) {
        // The level in a file is meant for the server; a command tells its own failures.
        log.level = observe::Level::off;
    }
    observe::set_log(std::move(log));
    for (const std::string& warning : loaded->warnings) {
        if (is_server) {
            observe::log(observe::Level::warn, "config.warning", {{"text", warning}});
        } else {
            warn(warning);
        }
    }
    return loaded;
}

void Session::say(std::string_view line) const {
    if (!flags.is_quiet) {
        put_line(observe::redact(line));
    }
}

void Session::warn(std::string_view line) const {
    put_line("warning: " + clean(observe::redact(line)));
}

int Session::fail(const Status& failure) const {
    const bool is_coloured = has_colour(STDERR_FILENO, colour(), environment_);
    const std::string text = failure_text(failure, is_coloured);
    std::fwrite(text.data(), 1, text.size(), stderr);
    return exit_code(failure);
}

std::string failure_text(const Status& failure, bool has_colour) {
    const std::string message = clean(observe::redact(failure.message()));
    const std::size_t cut = message.rfind("; ");
    const std::string head = "error[" + clean(failure.reason()) + "]:";
    std::string text = has_colour ? "\x1b[1;31m" + head + "\x1b[0m" : head;
    text += " " + message.substr(0, cut) + "\n";
    if (cut != message.npos) {
        text += "  try: " + message.substr(cut + 2) + "\n";
    }
    return text;
}

Status usage_error(const std::string& message) {
    return Status(Code::invalid_argument, "ERROR_USAGE", message);
}

}  // namespace pf::host::cli
