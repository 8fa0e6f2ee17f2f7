// Session: what every command shares: the global flags, the configuration, how a failure is told.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "host/app/config.hpp"
#include "host/base/status.hpp"
#include "host/cli/terminal.hpp"

namespace pf::host::cli {

// Flags that every command takes.
struct GlobalFlags {
    std::string config_file;
    std::string log_level;
    std::string log_format;
    std::string color = "auto";
    bool is_quiet = false;
    bool no_progress = false;
};

class Session {
  public:
    explicit Session(app::Environment environment) : environment_(std::move(environment)) {}

    GlobalFlags flags;
    // What the chosen command does; returns the exit code.
    std::function<int()> action;

    // The variables of this process.
    const app::Environment& environment() const { return environment_; }
    // What --color says.
    ColourWish colour() const;

    // The configuration with the global flags and `overrides` on top; tells its warnings and sets
    // up the log. Commands that print data log only what was asked for by flag or environment.
    Result<app::LoadedConfig> load(std::vector<app::Override> overrides, bool is_server = false);

    // A line for people on standard error; not with -q.
    void say(std::string_view line) const;
    // A warning on standard error, also with -q.
    void warn(std::string_view line) const;
    // Tells a failure on standard error; returns its exit code.
    int fail(const Status& failure) const;

  private:
    app::Environment environment_;
};

// A failure as people see it: "error[ERROR_TLS]: message", and a line "try: ..." for what is behind
// the last "; " of the message.
std::string failure_text(const Status& failure, bool has_colour);

// A wrong use of the command line.
Status usage_error(const std::string& message);

}  // namespace pf::host::cli
