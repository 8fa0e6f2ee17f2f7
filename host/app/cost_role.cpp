#include "host/app/cost_role.hpp"

#include <algorithm>
#include <cstdio>

#include "host/app/cost_source.hpp"
#include "host/observe/log.hpp"

namespace pf::host::app {
namespace {

// Statistics are kept for about 90 days; a Prism Central that keeps them for longer may show more.
constexpr unsigned most_months_measured = 12;
// Less than what CloudForet waits for a plan, beside the time to ask who answers.
constexpr std::chrono::seconds statistics_patience{60};

// Records of a task to the role. Lines are for people and never asked for here.
class TaskSink final : public runtime::CostSink {
  public:
    explicit TaskSink(std::shared_ptr<cost::ChargeSink> records) : records_(std::move(records)) {}
    Status add(const cost::Charge& charge) override { return records_->add(charge); }
    Status line(const runtime::CostLine&) override { return Status(); }

  private:
    const std::shared_ptr<cost::ChargeSink> records_;
};

// The option as the plugin's options have it.
std::string options_with(const std::string& model) {
    return model.empty() ? "" : R"({"cost_model":)" + model + "}";
}

// "2026-02-28" of the calendar; it only makes such texts.
cost::Date date_of(const std::string& text) {
    return std::chrono::year(std::stoi(text.substr(0, 4))) /
           std::chrono::month(static_cast<unsigned>(std::stoi(text.substr(5, 2)))) /
           std::chrono::day(static_cast<unsigned>(std::stoi(text.substr(8, 2))));
}

runtime::RunningTime running_of(const cloudforet::CostRequest& request) {
    return request.assumes_running_time ? runtime::RunningTime::assumed
                                        : runtime::RunningTime::measured;
}

std::string month_name(const cost::Month& month) {
    char text[24];
    std::snprintf(text, sizeof text, "%04d-%02u", static_cast<int>(month.year()),
                  static_cast<unsigned>(month.month()));
    return text;
}

void log_notes(const std::string& target, const runtime::CostOutcome& outcome,
               runtime::RunReport& report) {
    for (const services::Finding& note : outcome.notes) {
        observe::log(observe::Level::warn, "cost.note",
                     {{"target", target}, {"code", note.code}, {"text", note.text}});
        report.notes.push_back({note.code, target, "cost", note.text, note.count, note.first_ids});
    }
}

}  // namespace

CostWorker::CostWorker(Application& application, const Config& config, Now now)
    : application_(application), config_(config), now_(std::move(now)) {}

Result<Tariff> CostWorker::tariff(const cloudforet::CostRequest& request, const Stop& stop) const {
    auto model = load_cost_model(config_, options_with(request.model), stop);
    if (!model) {
        return model.status();
    }
    return open_tariff(std::move(*model));
}

Result<cloudforet::CostTerms> CostWorker::terms(const cloudforet::CostRequest& request,
                                                const Stop& stop) {
    auto found = tariff(request, stop);
    if (!found) {
        return found.status();
    }
    return cloudforet::CostTerms{found->model.currency};
}

Status CostWorker::verify(const cloudforet::CostRequest& request, const Stop& stop) {
    if (auto found = tariff(request, stop); !found) {
        return found.status();
    }
    if (auto module = application_.modules().serving(runtime::cost_duty); !module) {
        return module.status();
    }
    return application_.inventory().verify(request.prism, stop);
}

Result<cost::CostPlan> CostWorker::plan(const cloudforet::CostRequest& request,
                                        const cloudforet::SyncWish& wish, const Stop& stop) {
    auto found = tariff(request, stop);
    if (!found) {
        return found.status();
    }
    auto today = found->calendar.date_of(now_());
    if (!today) {
        return today.status();
    }
    cost::SyncFacts facts;
    facts.today = date_of(*today);
    facts.start = wish.start;
    facts.last_synchronized = wish.last_synchronized;
    facts.backfill_months = request.backfill_months;
    for (runtime::TargetAccount& one : application_.inventory().accounts(request.prism, stop)) {
        cost::TargetFacts target;
        target.target = std::move(one.target);
        target.name = std::move(one.label);
        target.uuid = std::move(one.uuid);
        target.account = std::move(one.account);
        target.refusal = std::move(one.refusal);
        facts.targets.push_back(std::move(target));
    }
    if (!facts.start && !facts.last_synchronized && !request.assumes_running_time) {
        if (Status asked = find_first_data(request, *found, stop, facts); !asked.ok()) {
            return asked;
        }
    }
    return cost::plan_sync(facts);
}

// The first month of which statistics still show something, for a first sync. A target whose
// statistics cannot be read now is one that did not answer: no later sync would go back that far.
Status CostWorker::find_first_data(const cloudforet::CostRequest& request, const Tariff& found,
                                   const Stop& stop, cost::SyncFacts& facts) const {
    const Stop soon = stop.until(Clock::now() + statistics_patience);
    for (std::size_t i = 0; i < facts.targets.size(); ++i) {
        cost::TargetFacts& target = facts.targets[i];
        cost::Month month = facts.today.year() / facts.today.month();
        for (unsigned back = 0; back < most_months_measured && target.refusal.ok(); ++back) {
            month -= std::chrono::months(1);
            const std::string name = month_name(month);
            auto days = found.calendar.days_of_months(name, name);
            if (!days) {
                return days.status();
            }
            const cost::Day& last = days->back();
            auto shown = application_.inventory().has_machine_samples(
                request.prism.targets[i], request.prism.options,
                {last.from, last.to, last.to - last.from}, soon);
            if (!shown) {
                const Status& why = shown.status();
                const bool is_refused = why.code() == Code::not_found ||
                                        why.reason() == "ERROR_PRISM_PERMISSION" ||
                                        why.reason() == "ERROR_PRISM_REQUEST";
                target.refusal = is_refused ? Status() : why;
                break;
            }
            if (!*shown) {
                break;
            }
            target.first_data = month;
        }
    }
    return Status();
}

Status CostWorker::charge(const cloudforet::CostRequest& request, const cost::CostTask& task,
                          std::shared_ptr<cost::ChargeSink> records, const Stop& stop,
                          runtime::RunReport& report) {
    if (Status planned = cost::was_planned(task); !planned.ok()) {
        return planned;
    }
    runtime::Request one = request.prism;
    std::erase_if(one.targets, [&](const auto& target) { return target.name != task.target; });
    if (one.targets.empty()) {
        return Status(
            Code::failed_precondition, "ERROR_TARGET_UNKNOWN",
            "the secret names no " + task.target + " any more; sync the data source anew");
    }
    one.targets.resize(1);
    auto found = tariff(request, stop);
    if (!found) {
        return found.status();
    }
    const runtime::TargetAccount who = application_.inventory().accounts(one, stop).front();
    if (!who.refusal.ok()) {
        return who.refusal.within(task.target);
    }
    if (Status may = cost::may_send(task, who.account); !may.ok()) {
        return may;
    }
    const std::int64_t now = now_();
    auto days = found->closed_days(task.month, task.month, now);
    if (!days) {
        return days.status();
    }
    std::erase_if(*days, [&](const cost::Day& day) { return day.date > task.last_day; });
    // Days that this clock does not know to be over would be replaced, and not sent.
    if (days->empty() || days->back().date != task.last_day) {
        return Status(Code::failed_precondition, "ERROR_COST_PERIOD",
                      task.last_day +
                          " was over when the sync was planned, and is not by this "
                          "machine's clock and the model's time zone; set the clock, "
                          "or sync again after the model was changed");
    }
    auto stock =
        collect_stock(application_, one, *found, *days, now, running_of(request), stop, report);
    if (!stock) {
        return stock.status();
    }
    stock->account = who.account;
    const runtime::CostOutcome outcome =
        work_out(application_, *found, *days, *stock, {},
                 std::make_shared<TaskSink>(std::move(records)), stop);
    log_notes(task.target, outcome, report);
    return outcome.end;
}

Result<std::vector<cost::SyncedAccount>> CostWorker::linked_accounts(
    const cloudforet::CostRequest& request, const Stop& stop) {
    std::vector<cost::SyncedAccount> accounts;
    for (const runtime::TargetAccount& one :
         application_.inventory().accounts(request.prism, stop)) {
        if (!one.refusal.ok()) {
            return one.refusal.within(one.target);
        }
        const bool is_known = std::any_of(accounts.begin(), accounts.end(), [&](const auto& other) {
            return other.id == one.account;
        });
        if (!is_known) {
            accounts.push_back({one.account, one.label});
        }
    }
    return accounts;
}

}  // namespace pf::host::app
