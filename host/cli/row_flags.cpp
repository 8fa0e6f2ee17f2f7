#include "host/cli/row_flags.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <map>

namespace pf::host::cli {
namespace {

bool is_table(RowForm form) { return form == RowForm::table || form == RowForm::wide; }

void add_filter_flags(CLI::App& command, FilterWishes& wishes) {
    command
        .add_option("--filter", wishes.conditions,
                    "Only rows with a column (by title or path) that is so: vCPU>=8, Memory<16GiB, "
                    "Cluster!=east, name~web; = != ~ !~ < <= > >=; may be repeated, all must hold")
        ->allow_extra_args(false)
        ->type_name("CONDITION");
    command
        .add_option("--since", wishes.since,
                    "Only what was created since then: 24h or 7d ago, 2026-11-23, or RFC 3339")
        ->type_name("TIME");
}

}  // namespace

void add_row_flags(CLI::App& command, RowFlags& flags) {
    static const std::map<std::string, RowForm> forms = {
        {"table", RowForm::table}, {"wide", RowForm::wide},     {"json", RowForm::json},
        {"yaml", RowForm::yaml},   {"ndjson", RowForm::ndjson}, {"csv", RowForm::csv},
        {"name", RowForm::name}};
    RowWishes& wishes = flags.wishes;
    command.add_option("-o,--output", wishes.form, "table, wide, json, yaml, ndjson, csv or name")
        ->transform(CLI::CheckedTransformer(forms, CLI::ignore_case).description(""))
        ->type_name("FORM");
    command.add_option("--out", flags.out, "Write to a file, which appears when it is whole")
        ->type_name("FILE");
    command.add_option("--columns", wishes.columns, "Columns by title or path: name,vCPU")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("A,B");
    command.add_option("--sort-by", wishes.sort_by, "Order rows by a column")->type_name("COLUMN");
    add_filter_flags(command, flags.filter);
    command.add_flag("--no-headers", flags.no_headers, "No line with titles");
    command.add_flag("--utc", wishes.is_utc, "Times in UTC instead of local time");
}

ColumnCatalogue catalogue_of(const std::vector<runtime::Modules::Kind>& kinds) {
    ColumnCatalogue catalogue;
    for (const runtime::Modules::Kind& kind : kinds) {
        const services::Output& known = kind.description();
        catalogue.learn(known.group, known.type, known.view_metadata);
    }
    return catalogue;
}

Result<RowFilter> filter_of(const FilterWishes& wishes, const Session& session, RunSetup& run) {
    const std::vector<runtime::Modules::Kind> kinds = run.wanted_kinds();
    std::string silent;
    std::size_t telling = 0;
    for (const runtime::Modules::Kind& kind : kinds) {
        if (tells_creation(columns_of(kind.description().view_metadata))) {
            ++telling;
        } else {
            silent += (silent.empty() ? "" : ", ") + kind.description().kind;
        }
    }
    if (!wishes.since.empty() && !silent.empty()) {
        if (telling == 0) {
            return usage_error("--since: nothing tells when a resource of kind " + silent +
                               " was created; leave it out, or --filter by another column");
        }
        session.warn("nothing tells when these were created, so --since leaves them out: " +
                     silent);
    }
    return RowFilter::make(wishes, catalogue_of(kinds), std::chrono::system_clock::now());
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
