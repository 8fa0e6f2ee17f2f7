#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "host/app/installation.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"

namespace pf::host::cli {
namespace {

// Text as roff takes it literally.
std::string roff(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
    }
    return !out.empty() && (out.front() == '.' || out.front() == '\'') ? "\\&" + out : out;
}

void put_options(std::string& page, const CLI::App& command) {
    for (const CLI::Option* option : command.get_options()) {
        const std::string type = option->get_positional() ? "" : option->get_type_name();
        page += ".TP\n.B " + roff(option->get_name(option->get_positional(), true));
        page += (type.empty() ? "" : " \\fI" + roff(type) + "\\fR") + "\n";
        page += roff(option->get_description()) + "\n";
    }
}

void put_command(std::string& page, const CLI::App& command, const std::string& path) {
    page += ".SS \"" + roff(path) + "\"\n" + roff(command.get_description()) + ".\n";
    put_options(page, command);
    for (const CLI::App* child : command.get_subcommands([](const CLI::App*) { return true; })) {
        put_command(page, *child, path + " " + child->get_name());
    }
}

constexpr const char* closing = R"(.SH EXIT STATUS
.TP
.B 0
Done, complete.
.TP
.B 1
Failed; of diff: the two collections differ.
.TP
.B 2
Wrong use of the command line; of diff: a file that is no collection.
.TP
.B 3
A partial result was printed, and marked; of diff: equal as far as can be seen.
.TP
.B 4
validate \-\-strict has warnings.
.TP
.B 5
Authentication or permission.
.TP
.B 6
Network, TLS or time\-out.
.TP
.B 7
A module was refused or failed.
.TP
.B 78
The configuration is wrong.
.TP
.B 130, 143
Interrupted, terminated.
.SH ENVIRONMENT
.TP
.B PRISMFORET_PATH__TO__KEY
A value of the configuration, e.g. PRISMFORET_LOG__LEVEL.
.TP
.B PRISMFORET_CONFIG, PRISMFORET_ROLE, LOG_LEVEL
The configuration file, the role to serve, the log level.
.TP
.B NO_COLOR, CLICOLOR_FORCE, COLUMNS
No colours, always colours, the width of tables.
.SH FILES
.I /etc/prismforet/config.yaml
.br
.I $XDG_CONFIG_HOME/prismforet/config.yaml
)";

int print_man(const CLI::App& root) {
    std::string page = ".TH PRISMFORET 1 \"\" \"prismforet " + std::string(app::version()) +
                       "\"\n.SH NAME\nprismforet \\- " + roff(root.get_description()) +
                       "\n.SH SYNOPSIS\n.B prismforet\n[\\fIOPTION\\fR]... \\fICOMMAND\\fR "
                       "[\\fIARGUMENT\\fR]...\n.SH OPTIONS\n";
    put_options(page, root);
    page += ".SH COMMANDS\n";
    for (const CLI::App* child : root.get_subcommands([](const CLI::App*) { return true; })) {
        put_command(page, *child, child->get_name());
    }
    page += closing;
    std::fwrite(page.data(), 1, page.size(), stdout);
    return exit_ok;
}

}  // namespace

void add_man(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand("man", "Print this program's manual page");
    command->callback([&session, &root] { session.action = [&root] { return print_man(root); }; });
}

}  // namespace pf::host::cli
