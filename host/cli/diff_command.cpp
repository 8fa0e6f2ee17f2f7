#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "host/cli/commands.hpp"
#include "host/cli/diff/collection_diff.hpp"
#include "host/cli/diff/diff_text.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/output.hpp"

namespace pf::host::cli {
namespace {

struct DiffFlags {
    std::string before;
    std::string after;
    std::vector<std::string> ignored;
    std::string form = "text";
};

void tell_gaps(const Session& session, const std::string& path, const CollectionFile& file) {
    for (const std::string& gap : file.gaps) {
        session.warn(path + " is not whole: " + gap);
    }
}

int exit_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::equal:
            return exit_ok;
        case Verdict::different:
            return exit_failed;
        case Verdict::unknown:
            break;
    }
    return exit_partial;
}

int diff(Session& session, const DiffFlags& flags) {
    if (flags.before == "-" && flags.after == "-") {
        return session.fail(usage_error("only one of the two can be standard input"));
    }
    const auto before = read_collection(flags.before);
    if (!before) {
        return session.fail(before.status());
    }
    const auto after = read_collection(flags.after);
    if (!after) {
        return session.fail(after.status());
    }
    const CollectionDiff found = compare_collections(*before, *after, flags.ignored);
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    const auto& environment = session.environment();
    (*output)->write(flags.form == "json"
                         ? diff_json(found)
                         : diff_text(found, output_width(STDOUT_FILENO, environment),
                                     has_colour(STDOUT_FILENO, session.colour(), environment)));
    if (const Status written = (*output)->commit(); !written.ok()) {
        return session.fail(written);
    }
    tell_gaps(session, flags.before, *before);
    tell_gaps(session, flags.after, *after);
    session.say(diff_summary(found));
    return exit_of(found.verdict());
}

}  // namespace

void add_diff(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "diff",
        "Compare two collections resource by resource; 0 equal, 1 different, 3 not to be known");
    auto flags = std::make_shared<DiffFlags>();
    command->add_option("A", flags->before, "The earlier one, as collect -o ndjson writes it")
        ->required();
    command->add_option("B", flags->after, "The later one; - for one of them is standard input")
        ->required();
    command
        ->add_option("--ignore", flags->ignored,
                     "A key that does not count, e.g. data.usage; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY");
    command->add_option("-o,--output", flags->form, "text or json")
        ->check(CLI::IsMember({"text", "json"}).description(""))
        ->type_name("FORM");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return diff(session, *flags); };
    });
}

}  // namespace pf::host::cli
