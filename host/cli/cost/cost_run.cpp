#include "host/cli/cost/cost_run.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>

#include "host/app/cost_source.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/human.hpp"
#include "host/cli/text.hpp"
#include "host/cost/sync_plan.hpp"

namespace pf::host::cli {
std::int64_t seconds_now() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since_1970).count();
}

Result<std::vector<cost::Day>> days_of(const app::Tariff& tariff, const std::string& wish,
                                       std::int64_t now) {
    if (!wish.empty()) {
        auto months = parse_months(wish);
        if (!months) {
            return months.status();
        }
        return tariff.closed_days(months->first, months->last, now);
    }
    auto month = tariff.calendar.month_of(now);
    if (!month) {
        return month.status();
    }
    auto days = tariff.closed_days(*month, *month, now);
    if (!days || !days->empty()) {
        return days;
    }
    constexpr std::int64_t two_days = 2 * 86400;
    month = tariff.calendar.month_of(now - two_days);
    return month ? tariff.closed_days(*month, *month, now)
                 : Result<std::vector<cost::Day>>(month.status());
}

Result<MonthSpan> parse_months(std::string_view text) {
    const std::size_t dots = text.find("..");
    const std::string_view first = text.substr(0, dots);
    const std::string_view last = dots == text.npos ? first : text.substr(dots + 2);
    const auto from = cost::parse_month(first);
    const auto to = cost::parse_month(last);
    if (!from || !to || *to < *from) {
        return usage_error("'" + clean(text.substr(0, 64)) +
                           "' is no month; write 2026-02, or 2026-01..2026-03");
    }
    return MonthSpan{std::string(first), std::string(last)};
}

void add_cost_flags(CLI::App& command, CostFlags& flags) {
    add_scope_flags(command, flags.scope);
    command
        .add_option("--model", flags.model,
                    "The cost model: a file or config://NAME (default: cost.model of the "
                    "configuration)")
        ->type_name("FILE");
    command
        .add_option("--month", flags.month,
                    "2026-02, or 2026-01..2026-03 (default: the current month)")
        ->type_name("MONTH");
    command.add_flag("--assumed", flags.assumes_running_time,
                     "Take machines to have run as they do now, instead of reading statistics");
    command.add_flag("--ledger", flags.uses_ledger,
                     "What cost.ledger has of these days, instead of what Prism shows now");
}

Result<std::unique_ptr<CostRun>> CostRun::make(Session& session, const CostFlags& flags) {
    auto setup = RunSetup::make(session, flags.scope);
    if (!setup) {
        return setup.status();
    }
    app::Config& config = (*setup)->loaded.config;
    if (!flags.model.empty()) {
        config.cost.model = flags.model;
    }
    auto model = app::load_cost_model(config, "", (*setup)->signals.stop());
    if (!model) {
        return model.status();
    }
    auto tariff = app::open_tariff(std::move(*model));
    if (!tariff) {
        return tariff.status();
    }
    for (const std::string& warning : tariff->model.warnings) {
        session.warn(warning);
    }
    const std::int64_t now = seconds_now();
    auto days = days_of(*tariff, flags.month, now);
    if (!days) {
        return days.status();
    }
    if (days->empty()) {
        return Status(Code::failed_precondition, "ERROR_COST_PERIOD",
                      "no day of these months is over in " + tariff->model.time.zone +
                          "; costs are told of whole days only, so name an earlier month");
    }
    std::unique_ptr<CostRun> run(
        new CostRun(session, std::move(*setup), std::move(*tariff), std::move(*days), now));
    run->uses_ledger_ = flags.uses_ledger;
    run->running_ =
        flags.assumes_running_time ? runtime::RunningTime::assumed : runtime::RunningTime::measured;
    return run;
}

Status CostRun::keep_day(const std::string& date) {
    const auto day = std::find_if(days_.begin(), days_.end(),
                                  [&](const cost::Day& one) { return one.date == date; });
    if (day == days_.end()) {
        return usage_error("'" + clean(date) + "' is no day from " + days_.front().date + " to " +
                           days_.back().date + "; name its month with --month");
    }
    days_ = {cost::Day(*day)};
    return Status();
}

Status CostRun::each(const std::function<Status(const app::Stock&)>& visit) {
    if (uses_ledger_) {
        auto stocks = app::ledger_stocks(setup_->loaded.config.cost, days_, now_);
        Status done = stocks.status();
        for (std::size_t i = 0; done.ok() && i < stocks->size(); ++i) {
            done = visit((*stocks)[i]);
        }
        return done;
    }
    for (const runtime::TargetRequest& target : setup_->request.targets) {
        runtime::Request one = setup_->request;
        one.targets = {target};
        runtime::RunReport report;
        auto stock = app::collect_stock(setup_->application, one, tariff_, days_, now_, running_,
                                        setup_->signals.stop(), report);
        for (const runtime::Reason& note : report.notes) {
            if (note.code.starts_with("cost.")) {
                notes_.push_back(
                    note.code + ": " + note.text +
                    (note.count > 1 ? " (" + counted(note.count, "resource") + ")" : ""));
            }
        }
        const Status done = stock ? visit(*stock) : stock.status();
        if (done.ok()) {
            ++arrived_;
            continue;
        }
        if (setup_->signals.received() != 0 || done.code() == Code::invalid_argument) {
            return done;
        }
        missing_.push_back(target.name + ": " + done.text());
        session_.warn(missing_.back());
        first_failure_ = first_failure_.ok() ? done : first_failure_;
    }
    return Status();
}

Status CostRun::work_out(const app::Stock& stock, const app::Question& question,
                         std::shared_ptr<runtime::CostSink> sink) {
    const runtime::CostOutcome outcome =
        app::work_out(setup_->application, tariff_, days_, stock, question, std::move(sink),
                      setup_->signals.stop());
    for (const services::Finding& note : outcome.notes) {
        notes_.push_back(note.code + ": " + note.text);
    }
    return outcome.end;
}

int CostRun::exit_code() const {
    if (missing_.empty()) {
        return exit_ok;
    }
    return arrived_ > 0 ? static_cast<int>(exit_partial) : cli::exit_code(first_failure_);
}

}  // namespace pf::host::cli
