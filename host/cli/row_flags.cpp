#include "host/cli/row_flags.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <map>

namespace pf::host::cli {
namespace {

bool is_table(RowForm form) { return form == RowForm::table || form == RowForm::wide; }

}  // namespace

void add_row_flags(CLI::App& command, RowFlags& flags) {
    static const std::map<std::string, RowForm> forms = {
        {"table", RowForm::table}, {"wide", RowForm::wide},     {"json", RowForm::json},
        {"yaml", RowForm::yaml},   {"ndjson", RowForm::ndjson}, {"csv", RowForm::csv}};
    RowWishes& wishes = flags.wishes;
    command.add_option("-o,--output", wishes.form, "table, wide, json, yaml, ndjson or csv")
        ->transform(CLI::CheckedTransformer(forms, CLI::ignore_case).description(""))
        ->type_name("FORM");
    command.add_option("--out", flags.out, "Write to a file, which appears when it is whole")
        ->type_name("FILE");
    command.add_option("--columns", wishes.columns, "Columns by title or path: name,vCPU")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("A,B");
    command.add_option("--sort-by", wishes.sort_by, "Order rows by a column")->type_name("COLUMN");
    command.add_flag("--no-headers", flags.no_headers, "No line with titles");
    command.add_flag("--utc", wishes.is_utc, "Times in UTC instead of local time");
}

ColumnCatalogue catalogue_of(const runtime::Modules& modules) {
    ColumnCatalogue catalogue;
    for (const runtime::Modules::Kind& kind : modules.kinds()) {
        const services::Output& known = kind.description();
        catalogue.learn(known.group, known.type, known.view_metadata);
    }
    return catalogue;
}

TableLook look_of(const Session& session, const std::string& out) {
    TableLook look;
    if (out.empty()) {
        look.width = output_width(STDOUT_FILENO, session.environment());
        look.has_colour = has_colour(STDOUT_FILENO, session.colour(), session.environment());
    }
    return look;
}

RowWishes wishes_of(const RowFlags& flags, const Session& session, RunSetup& run) {
    RowWishes wishes = flags.wishes;
    wishes.has_heading = !flags.no_headers;
    wishes.is_mixed = run.wanted_kinds().size() > 1;
    wishes.look = look_of(session, flags.out);
    if (wishes.form == RowForm::wide) {
        wishes.look.width = 0;
    }
    return wishes;
}

bool draws_on_terminal(const RowFlags& flags) {
    return !is_table(flags.wishes.form) && flags.out.empty() && is_terminal(STDOUT_FILENO);
}

}  // namespace pf::host::cli
