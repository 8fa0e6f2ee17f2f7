#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/cli/collection.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/overview/overview_text.hpp"
#include "host/cli/resource_json.hpp"
#include "host/cli/row_flags.hpp"

namespace pf::host::cli {
namespace {

struct OverviewFlags {
    ScopeFlags scope;
    std::string form = "text";
};

// The kinds this run is about.
std::vector<CountedKind> counted_kinds(RunSetup& run) {
    std::vector<CountedKind> kinds;
    for (const runtime::Modules::Kind& one : run.wanted_kinds()) {
        const services::Output& known = one.description();
        std::vector<DeclaredMetric> metrics;
        for (const services::Metric& metric : known.metrics) {
            metrics.push_back({metric.name, metric.unit, metric.query_options});
        }
        kinds.push_back({known.kind, known.title, known.group, known.type,
                         read_view(known.view_metadata), std::move(metrics)});
    }
    return kinds;
}

class Overview final : public RowWriter {
  public:
    Overview(RunSetup& run, TableLook look, bool is_json, Output& output)
        : counts_(counted_kinds(run)), look_(look), is_json_(is_json), output_(output) {
        for (const runtime::TargetRequest& target : run.request.targets) {
            targets_.push_back(target.name);
        }
    }

    Status put(std::string_view resource) override {
        counts_.add(parse_resource(resource));
        return Status();
    }
    Status finish(std::string_view summary) override {
        output_.write(is_json_ ? overview_json(counts_, targets_, summary)
                               : overview_text(counts_, look_, hidden_));
        return Status();
    }
    std::string remark() const override {
        std::string text;
        for (const std::string& title : hidden_) {
            text += (text.empty() ? "not shown, as the terminal is too narrow: " : ", ") + title;
        }
        for (const KindCount* kind : counts_.kinds()) {
            for (const std::string& metric : kind->uncounted) {
                text += (text.empty() ? "" : "; ") + std::string("not summed up here: ") + metric;
            }
        }
        return text;
    }

    void region(std::string_view row) { counts_.add_region(row); }
    void close(const runtime::RunReport& report) { counts_.close(report); }

  private:
    InventoryCounts counts_;
    TableLook look_;
    bool is_json_;
    Output& output_;
    std::vector<std::string> targets_;
    std::vector<std::string> hidden_;
};

int overview(Session& session, const OverviewFlags& flags) {
    auto setup = RunSetup::make(session, flags.scope);
    if (!setup) {
        return session.fail(setup.status());
    }
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    Overview writer(**setup, look_of(session, ""), flags.form == "json", **output);
    Collection collection{writer, **output, {}, 0, false, {}, {}};
    collection.on_region = [&writer](std::string_view row) { writer.region(row); };
    collection.on_report = [&writer](const runtime::RunReport& report) { writer.close(report); };
    return collect_rows(session, **setup, std::move(collection));
}

}  // namespace

void add_overview(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "overview", "Count what there is: kinds, regions, states, capacity, and what is missing");
    auto flags = std::make_shared<OverviewFlags>();
    command->add_option("KIND", flags->scope.kinds, "Only these kinds, e.g. vm (default: all)");
    add_scope_flags(*command, flags->scope);
    command->add_option("-o,--output", flags->form, "text or json")
        ->check(CLI::IsMember({"text", "json"}).description(""))
        ->type_name("FORM");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return overview(session, *flags); };
    });
}

}  // namespace pf::host::cli
