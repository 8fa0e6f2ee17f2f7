#include <CLI/CLI.hpp>
#include <memory>

#include "host/cli/collect_history.hpp"
#include "host/cli/collection.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/console/layout.hpp"
#include "host/cli/row_flags.hpp"

namespace pf::host::cli {
namespace {

// What collect and get are asked for.
struct RowsFlags {
    ScopeFlags scope;
    RowFlags rows;
    std::vector<std::string> names;
    std::uint64_t limit = 0;
    bool is_in_console_order = false;
    bool feeds_history = false;
};

// A name is read by people and by scripts that take the first.
bool is_for_people(RowForm form) {
    return form == RowForm::table || form == RowForm::wide || form == RowForm::name;
}

// The console orders its table; rows that are shown at once anyway are ordered the same.
void order_as_console(RunSetup& run, const std::string& kind, RowWishes& wishes) {
    if (!wishes.sort_by.empty() || !is_for_people(wishes.form)) {
        return;
    }
    for (const runtime::Modules::Kind& one : run.application.modules().kinds()) {
        if (one.description().kind == kind) {
            const View view = read_view(one.description().view_metadata);
            wishes.sort_by = view.sort_key;
            wishes.is_descending = view.is_descending;
        }
    }
}

int print_rows(Session& session, const RowsFlags& flags) {
    auto setup = RunSetup::make(session, flags.scope);
    if (!setup) {
        return session.fail(setup.status());
    }
    RunSetup& run = **setup;
    const ColumnCatalogue catalogue = catalogue_of(run.application.modules().kinds());
    RowWishes wishes = wishes_of(flags.rows, session, run);
    if (const Status known = check_columns(wishes, catalogue); !known.ok()) {
        return session.fail(known);
    }
    auto filter = filter_of(flags.rows.filter, session, run);
    if (!filter) {
        return session.fail(filter.status());
    }
    if (flags.is_in_console_order) {
        order_as_console(run, flags.scope.kinds.front(), wishes);
    }
    auto output = Output::open(flags.rows.out);
    if (!output) {
        return session.fail(output.status());
    }
    const auto writer = make_row_writer(wishes, **output, catalogue);
    Collection collection{
        *writer, **output, flags.names,       flags.limit, draws_on_terminal(flags.rows),
        {},      {},       std::move(*filter)};
    if (!flags.feeds_history) {
        return collect_rows(session, run, std::move(collection));
    }
    const auto history = CollectHistory::open(run);
    if (!history) {
        return session.fail(history.status());
    }
    if (!*history) {
        return collect_rows(session, run, std::move(collection));
    }
    (*history)->observe(collection);
    return (*history)->end(session, collect_rows(session, run, std::move(collection)));
}

void set_action(CLI::App& command, Session& session, std::shared_ptr<RowsFlags> flags) {
    add_scope_flags(command, flags->scope);
    add_row_flags(command, flags->rows);
    command.add_option("--limit", flags->limit, "Stop after this many rows")->type_name("N");
    command.callback([&session, flags] {
        session.action = [&session, flags] { return print_rows(session, *flags); };
    });
}

}  // namespace

void add_collect(CLI::App& root, Session& session) {
    CLI::App* const command =
        root.add_subcommand("collect", "Collect resources now and print them");
    auto flags = std::make_shared<RowsFlags>();
    flags->feeds_history = true;
    command->add_option("KIND", flags->scope.kinds, "Kinds to collect, e.g. vm (default: all)");
    set_action(*command, session, flags);
}

void add_get(CLI::App& root, Session& session) {
    CLI::App* const command =
        root.add_subcommand("get", "List the resources of one kind with the console's columns");
    auto flags = std::make_shared<RowsFlags>();
    flags->is_in_console_order = true;
    command
        ->add_option_function<std::string>(
            "KIND", [flags](const std::string& word) { flags->scope.kinds = {word}; },
            "The kind, e.g. vm")
        ->required();
    command->add_option("NAME", flags->names, "Only these, by name or id (default: all)");
    set_action(*command, session, flags);
}

}  // namespace pf::host::cli
