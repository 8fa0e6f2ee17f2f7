#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/explanations.hpp"
#include "host/runtime/nearest.hpp"

namespace pf::host::cli {
namespace {

int explain(Session& session, const std::string& code) {
    std::vector<std::string> known;
    for (const Explanation& one : explanations()) {
        if (code.empty()) {
            std::printf("%-32s %s\n", one.code.c_str(), one.meaning.c_str());
        } else if (code == one.code) {
            std::printf("%s\n  %s\n  try: %s\n", one.code.c_str(), one.meaning.c_str(),
                        one.remedy.c_str());
            return exit_ok;
        }
        known.push_back(one.code);
    }
    if (code.empty()) {
        return exit_ok;
    }
    return session.fail(
        usage_error("no explanation of " + code + " is kept" + runtime::suggestion(code, known)));
}

}  // namespace

void add_explain(CLI::App& root, Session& session) {
    CLI::App* const command =
        root.add_subcommand("explain", "What an error code means and what to do");
    auto code = std::make_shared<std::string>();
    command->add_option("CODE", *code, "e.g. ERROR_TLS (default: list all)");
    command->callback([&session, code] {
        session.action = [&session, code] { return explain(session, *code); };
    });
}

}  // namespace pf::host::cli
