#include "host/cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>

#include "host/cli/silent_terminal.hpp"

namespace pf::host::cli {
namespace {

std::string value_of(const app::Environment& environment, const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

}  // namespace

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

std::size_t output_width(int descriptor, const app::Environment& environment) {
    const std::string columns = value_of(environment, "COLUMNS");
    std::size_t width = 0;
    const auto [at, error] =
        std::from_chars(columns.data(), columns.data() + columns.size(), width);
    if (error == std::errc() && at == columns.data() + columns.size() && width > 0) {
        return width;
    }
    winsize size{};
    if (is_terminal(descriptor) && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return is_terminal(descriptor) ? 80 : 0;
}

bool has_colour(int descriptor, ColourWish wish, const app::Environment& environment) {
    if (wish != ColourWish::automatic) {
        return wish == ColourWish::always;
    }
    if (!value_of(environment, "NO_COLOR").empty()) {
        return false;
    }
    const std::string force = value_of(environment, "CLICOLOR_FORCE");
    if (!force.empty() && force != "0") {
        return true;
    }
    return can_redraw(descriptor, environment);
}

bool can_redraw(int descriptor, const app::Environment& environment) {
    const std::string kind = value_of(environment, "TERM");
    return is_terminal(descriptor) && !kind.empty() && kind != "dumb";
}

std::string ask_secret(const std::string& prompt) {
    const SilentTerminal terminal(prompt);
    if (!terminal.is_ready()) {
        return {};
    }
    std::string text;
    char byte = 0;
    while (::read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n' && text.size() < 4096) {
        text += byte;
    }
    return text;
}

}  // namespace pf::host::cli
