#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/app/units.hpp"
#include "host/cli/collection.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/console/member.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/metrics/metric_rows.hpp"
#include "host/cli/resource_json.hpp"
#include "host/cli/row_flags.hpp"
#include "host/cli/terminal.hpp"
#include "host/runtime/nearest.hpp"

namespace pf::host::cli {
namespace {

struct MetricsFlags {
    ScopeFlags scope;
    std::vector<std::string> names;
    std::vector<std::string> metrics;
    std::string last = "1h";
    std::string period;
    std::string stat = "AVERAGE";
    std::string form;
    std::string out;
};

// Keeps of every resource what its metrics are asked with.
class MonitoredRows final : public RowWriter {
  public:
    Status put(std::string_view resource) override {
        const auto row = parse_resource(resource);
        const auto* const data = object_member(row, "data");
        const auto* const link =
            data == nullptr ? nullptr : object_member(*data, "nutanix_monitoring");
        if (link == nullptr || text_member(*link, "entity_uuid").empty()) {
            return Status(Code::failed_precondition, "ERROR_USAGE",
                          "nothing is measured of resources of this kind");
        }
        const std::string id = text_member(*link, "entity_uuid");
        resources[id] = {text_member(*link, "prism_central"), text_member(*link, "cluster_uuid"),
                         text_member(*link, "entity_type"), id};
        names[id] = text_member(row, "name");
        return Status();
    }
    Status finish(std::string_view) override { return Status(); }

    std::map<std::string, runtime::MetricsResource> resources;
    std::map<std::string, std::string> names;
};

// Times of the newest minutes may not be there yet, so the span ends at the last whole minute.
Result<runtime::MetricsWish> wish_of(const MetricsFlags& flags) {
    const auto last = app::parse_duration(flags.last);
    const auto period = app::parse_duration(flags.period.empty() ? "0" : flags.period);
    if (!last || last->count() < 60'000) {
        return usage_error("--last must be a time of a minute or more, e.g. 24h");
    }
    if (!period || (!flags.period.empty() && period->count() < 30'000)) {
        return usage_error("--period must be a time of 30 seconds or more, e.g. 5m");
    }
    using std::chrono::seconds;
    const auto now =
        std::chrono::duration_cast<seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    runtime::MetricsWish wish;
    wish.to_s = now / 60 * 60;
    wish.from_s = wish.to_s - std::chrono::duration_cast<seconds>(*last).count();
    wish.period_s = std::chrono::duration_cast<seconds>(*period).count();
    wish.stat = flags.stat;
    return wish;
}

// Those that somebody named, or all there are.
Result<std::vector<runtime::MetricInfo>> chosen(const MetricsFlags& flags,
                                                std::vector<runtime::MetricInfo> all) {
    if (flags.metrics.empty()) {
        return all;
    }
    std::vector<std::string> keys;
    for (const runtime::MetricInfo& one : all) {
        keys.push_back(one.key);
    }
    std::vector<runtime::MetricInfo> wanted;
    for (const std::string& key : flags.metrics) {
        const auto found = std::find(keys.begin(), keys.end(), key);
        if (found == keys.end()) {
            return usage_error("--metric " + key + ": there is no such metric of this kind" +
                               runtime::suggestion(key, keys));
        }
        wanted.push_back(all[static_cast<std::size_t>(found - keys.begin())]);
    }
    return wanted;
}

Result<std::vector<MetricTable>> ask(RunSetup& run, const MetricsFlags& flags,
                                     runtime::MetricsWish wish) {
    prism::Targets targets(run.application.proxies());
    runtime::Inventory inventory(run.application.modules(), targets);
    runtime::MetricsSource source(run.application.modules(), targets, inventory);
    auto all = source.list(wish.resources.begin()->second.entity_type, run.signals.stop());
    if (!all) {
        return all.status();
    }
    auto wanted = chosen(flags, std::move(*all));
    if (!wanted) {
        return wanted.status();
    }
    std::vector<MetricTable> tables;
    for (runtime::MetricInfo& metric : *wanted) {
        wish.metric = metric.key;
        auto series = source.query(run.request, wish, run.signals.stop());
        if (!series) {
            return series.status();
        }
        tables.push_back({std::move(metric), std::move(*series)});
    }
    return tables;
}

// What is missing of all metrics, once per reason.
void tell_notes(Session& session, const std::vector<MetricTable>& tables) {
    std::map<std::string, const services::Finding*> notes;
    for (const MetricTable& table : tables) {
        for (const services::Finding& note : table.series.notes) {
            notes.emplace(note.code, &note);
        }
    }
    for (const auto& [code, note] : notes) {
        session.warn(code + ": " + note->text + " (" + std::to_string(note->count) +
                     (note->first_ids.empty() ? ")" : ", first " + note->first_ids.front() + ")"));
    }
}

int metrics(Session& session, const MetricsFlags& flags) {
    auto wish = wish_of(flags);
    if (!wish) {
        return session.fail(wish.status());
    }
    auto setup = RunSetup::make(session, flags.scope);
    if (!setup) {
        return session.fail(setup.status());
    }
    RunSetup& run = **setup;
    MonitoredRows rows;
    auto ignored = Output::open("");  // nothing is written of the rows
    if (!ignored) {
        return session.fail(ignored.status());
    }
    const int collected =
        collect_rows(session, run, {rows, **ignored, flags.names, 0, false, {}, {}});
    if (rows.resources.empty()) {
        return collected;
    }
    wish->resources = rows.resources;
    auto tables = ask(run, flags, std::move(*wish));
    if (!tables) {
        return session.fail(tables.status());
    }
    auto output = Output::open(flags.out);
    if (!output) {
        return session.fail(output.status());
    }
    const bool is_shown = flags.out.empty() && is_terminal(1);
    const MetricForm form = flags.form == "json" ? MetricForm::json
                            : flags.form == "table" || (flags.form.empty() && is_shown)
                                ? MetricForm::table
                                : MetricForm::csv;
    write_metrics(**output, form, look_of(session, flags.out), rows.names, *tables);
    if (const Status written = (*output)->commit(); !written.ok()) {
        return session.fail(written);
    }
    tell_notes(session, *tables);
    return collected;
}

}  // namespace

void add_metrics(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "metrics", "Show what was measured of resources: CPU, memory, I/O, ...");
    auto flags = std::make_shared<MetricsFlags>();
    command
        ->add_option_function<std::string>(
            "KIND", [flags](const std::string& word) { flags->scope.kinds = {word}; },
            "The kind, e.g. vm")
        ->required();
    command->add_option("NAME", flags->names, "Names or ids; all when there is none");
    add_scope_flags(*command, flags->scope);
    command->add_option("--metric", flags->metrics, "Only these, e.g. cpu_utilization")
        ->type_name("KEY");
    command->add_option("--last", flags->last, "How far back (default: 1h)")->type_name("SPAN");
    command->add_option("--period", flags->period, "Time of one value (default: by --last)")
        ->type_name("SPAN");
    command->add_option("--stat", flags->stat, "AVERAGE, MAX, MIN, SUM or LAST of a period")
        ->transform(CLI::IsMember({"AVERAGE", "MAX", "MIN", "SUM", "LAST"}, CLI::ignore_case)
                        .description(""))
        ->type_name("STAT");
    command
        ->add_option("-o,--output", flags->form,
                     "table, csv or json (default: table on a terminal, else csv)")
        ->check(CLI::IsMember({"table", "csv", "json"}).description(""))
        ->type_name("FORM");
    command->add_option("--out", flags->out, "Write to a file, which appears when it is whole")
        ->type_name("FILE");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return metrics(session, *flags); };
    });
}

}  // namespace pf::host::cli
