// CostRun: what every command about costs begins with: targets, modules, the cost model, the days,
// and what each Prism Central has.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/app/costing.hpp"
#include "host/cli/run_setup.hpp"
#include "host/cli/session.hpp"

namespace CLI {
class App;
}

namespace pf::host::cli {

struct CostFlags {
    ScopeFlags scope;
    std::string model;                  // a file, or config://NAME; empty = as configured
    std::string month;                  // "2026-02", "2026-01..2026-03"; empty = the current one
    bool assumes_running_time = false;  // statistics are not read
    bool uses_ledger = false;           // what the history has, instead of what Prism shows now
};

// Adds --model and --month and the flags of targets; `flags` outlives `command`.
void add_cost_flags(CLI::App& command, CostFlags& flags);

// Months as --month has them. INVALID_ARGUMENT (ERROR_USAGE) for anything else.
struct MonthSpan {
    std::string first;
    std::string last;
};
Result<MonthSpan> parse_months(std::string_view text);

// Seconds since 1970, now.
std::int64_t seconds_now();
// The closed days of the months that `wish` names; empty: the current month, or on its first day,
// of which nothing is over yet, the one before.
Result<std::vector<cost::Day>> days_of(const app::Tariff& tariff, const std::string& wish,
                                       std::int64_t now);

// Records and lines to functions; one that is empty takes none.
class CostReceiver final : public runtime::CostSink {
  public:
    using OnRecord = std::function<Status(const cost::Charge&)>;
    using OnLine = std::function<Status(const runtime::CostLine&)>;

    CostReceiver(OnRecord on_record, OnLine on_line)
        : on_record_(std::move(on_record)), on_line_(std::move(on_line)) {}
    Status add(const cost::Charge& charge) override {
        return on_record_ ? on_record_(charge) : Status();
    }
    Status line(const runtime::CostLine& line) override {
        return on_line_ ? on_line_(line) : Status();
    }

  private:
    OnRecord on_record_;
    OnLine on_line_;
};

class CostRun {
  public:
    // Loads everything but what the targets have. Fails when the model cannot be used, when there
    // is no target, or when no day of the months is over yet.
    static Result<std::unique_ptr<CostRun>> make(Session& session, const CostFlags& flags);

    const app::Tariff& tariff() const { return tariff_; }
    const std::vector<cost::Day>& days() const { return days_; }
    // Keeps only this day. INVALID_ARGUMENT (ERROR_USAGE) when it is none of them.
    Status keep_day(const std::string& date);

    // Collects from one target after the other, or reads the history, and hands each to `visit`,
    // whose failure ends it. What is missing stays in missing(), and is told.
    Status each(const std::function<Status(const app::Stock&)>& visit);
    // Runs the cost module over a stock; notes are gathered.
    Status work_out(const app::Stock& stock, const app::Question& question,
                    std::shared_ptr<runtime::CostSink> sink);

    const std::vector<std::string>& missing() const { return missing_; }
    const std::vector<std::string>& notes() const { return notes_; }
    // 0, 3 when a target is missing, the code of its failure when all are.
    int exit_code() const;

  private:
    CostRun(Session& session, std::unique_ptr<RunSetup> setup, app::Tariff tariff,
            std::vector<cost::Day> days, std::int64_t now)
        : session_(session),
          setup_(std::move(setup)),
          tariff_(std::move(tariff)),
          days_(std::move(days)),
          now_(now) {}

    Session& session_;
    std::unique_ptr<RunSetup> setup_;
    app::Tariff tariff_;
    std::vector<cost::Day> days_;
    std::int64_t now_;
    bool uses_ledger_ = false;
    runtime::RunningTime running_ = runtime::RunningTime::measured;
    std::vector<std::string> missing_;
    std::vector<std::string> notes_;
    Status first_failure_;
    std::size_t arrived_ = 0;
};

}  // namespace pf::host::cli
