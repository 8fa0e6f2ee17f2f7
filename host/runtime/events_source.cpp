#include "host/runtime/events_source.hpp"

#include <algorithm>
#include <tuple>

#include "host/runtime/event_central.hpp"
#include "host/runtime/event_list.hpp"
#include "host/runtime/event_log.hpp"
#include "host/runtime/event_reader.hpp"
#include "host/runtime/event_text.hpp"
#include "host/services/form_choice.hpp"

namespace pf::host::runtime {
namespace {

// How far behind the latest change it is looked again: Prism shows some changes late.
constexpr std::int64_t overlap_ms = 600'000;
constexpr std::size_t longest_body = 1u << 20;

std::string state_of(const Occurrence& one) {
    for (const auto& [name, text] : one.additional_info) {
        if (name == "state") {
            return text;
        }
    }
    return {};
}

// What a list tells; all of it, or why not.
struct Kept {
    std::vector<Occurrence> all;
};

Result<std::vector<Occurrence>> alerts_of(Modules& modules,
                                          const std::shared_ptr<const Module>& module,
                                          const Central& central, const Request& request,
                                          std::optional<std::int64_t> since, const Stop& stop) {
    EventListWish wish;
    wish.time_field = "lastUpdatedTime";
    wish.from = since;
    const auto kept = std::make_shared<Kept>();
    Status read = read_events(
        modules, module, PF_EVENTS_ALERTS,
        std::make_shared<EventList>(module, "alerts", central.target, request.options.api_version,
                                    wish, stop),
        request.options.json,
        [kept, since, account = central.account](Occurrence&& one) {
            if (!since || one.updated_at >= *since) {
                one.account = account;
                kept->all.push_back(std::move(one));
            }
            return true;
        },
        stop);
    if (!read.ok()) {
        return read.within(central.target->name());
    }
    std::sort(kept->all.begin(), kept->all.end(), [](const Occurrence& a, const Occurrence& b) {
        return std::tie(a.updated_at, a.event_key) < std::tie(b.updated_at, b.event_key);
    });
    return std::move(kept->all);
}

// A change that is new, as it is told: see EventsSource::poll.
Status tell(const Occurrence& one, std::optional<std::int64_t> watermark,
            const OccurrenceSink& sink) {
    if (one.type != OccurrenceType::recovery) {
        return sink(one);
    }
    if (!watermark) {
        return Status();  // over before anybody looked
    }
    if (one.created_at > *watermark) {
        Occurrence raised = one;
        raised.type = OccurrenceType::alert;
        raised.occurred_at = one.created_at;
        if (Status told = sink(raised); !told.ok()) {
            return told;
        }
    }
    return sink(one);
}

Status poll_one(Modules& modules, const std::shared_ptr<const Module>& module,
                const Central& central, const Request& request, state::AlertCursor& cursor,
                const OccurrenceSink& sink, const Stop& stop) {
    auto watermark = cursor.watermark(central.account);
    if (!watermark) {
        return watermark.status();
    }
    std::optional<std::int64_t> since;
    if (watermark->has_value()) {
        since = **watermark - overlap_ms;
    }
    auto found = alerts_of(modules, module, central, request, since, stop);
    if (!found) {
        return found.status();
    }
    std::vector<state::AlertMark> marks;
    for (const Occurrence& one : *found) {
        marks.push_back({one.event_key, one.updated_at, state_of(one)});
    }
    return cursor.take(central.account, marks,
                       [&](std::size_t at, std::optional<std::int64_t> before) {
                           return tell((*found)[at], before, sink);
                       });
}

// One document that was posted.
class Posted final : public EventDocuments {
  public:
    explicit Posted(std::string body) : body_(std::move(body)) {}
    Status next(pf_val& document) override {
        // What is no JSON is not ours either.
        if (is_read_ || !document_.parse(body_).ok()) {
            return Status(Code::out_of_range, "ERROR_NO_MORE_PAGES", "there is no other body");
        }
        is_read_ = true;
        document = document_.root();
        return Status();
    }

  private:
    const std::string body_;
    services::Document document_;
    bool is_read_ = false;
};

// An alert by its id, in whatever form Prism gives it.
Result<std::string> alert_text(const Central& central, const services::Endpoint& endpoint,
                               const std::string& id, prism::ApiWish api, const Stop& stop) {
    prism::Meter meter;
    services::FormChoice choice(central.target, endpoint, api, {});
    auto form = choice.next(stop, meter);
    if (!form) {
        return form.status();
    }
    auto answer = central.target->send(form->entity(id), stop, meter);
    if (!answer) {
        return answer.status();
    }
    return std::string(answer->body.text());
}

}  // namespace

EventsSource::EventsSource(Modules& modules, prism::Targets& targets)
    : modules_(modules), targets_(targets) {}

LogEnd EventsSource::log(const Request& request, const LogWish& wish, const OccurrenceSink& sink,
                         const Stop& stop) {
    return read_log(modules_, targets_, request, wish, sink, stop);
}

Status EventsSource::alerts(const Request& request, std::optional<std::int64_t> changed_since,
                            const OccurrenceSink& sink, const Stop& stop) {
    auto module = modules_.serving(events_duty);
    if (!module) {
        return module.status();
    }
    Status first;
    for (const TargetRequest& target : request.targets) {
        auto central = central_of(targets_, target, request.options, stop);
        auto found = central ? alerts_of(modules_, *module, *central, request, changed_since, stop)
                             : Result<std::vector<Occurrence>>(central.status());
        if (!found) {
            first = first.ok() ? found.status() : first;
            continue;
        }
        for (const Occurrence& one : *found) {
            if (Status taken = sink(one); !taken.ok()) {
                return taken;
            }
        }
    }
    return first;
}

Status EventsSource::poll(const Request& request, state::AlertCursor& cursor,
                          const OccurrenceSink& sink, const Stop& stop) {
    auto module = modules_.serving(events_duty);
    if (!module) {
        return module.status();
    }
    Status first;
    for (const TargetRequest& target : request.targets) {
        auto central = central_of(targets_, target, request.options, stop);
        Status polled = central ? poll_one(modules_, *module, *central, request, cursor, sink, stop)
                                : central.status();
        first = first.ok() ? polled : first;
    }
    return first;
}

Result<std::vector<Occurrence>> EventsSource::parse(std::string_view body, std::string_view options,
                                                    const Request* lookup, const Stop& stop) {
    if (body.size() > longest_body) {
        return Status(Code::invalid_argument, "ERROR_EVENT_BODY",
                      "a posted body has " + std::to_string(body.size()) +
                          " bytes, at most 1 MiB is read; send one alert per body");
    }
    auto module = modules_.serving(events_duty);
    if (!module) {
        return module.status();
    }
    const auto read = [&](std::string text) -> Result<std::vector<Occurrence>> {
        const auto kept = std::make_shared<Kept>();
        Status done = read_events(
            modules_, *module, PF_EVENTS_POSTED, std::make_shared<Posted>(std::move(text)),
            options.empty() ? "{}" : std::string(options),
            [kept](Occurrence&& one) {
                kept->all.push_back(std::move(one));
                return true;
            },
            stop);
        if (!done.ok()) {
            return done;
        }
        return std::move(kept->all);
    };
    auto found = read(std::string(body));
    if (!found || lookup == nullptr) {
        return found;
    }
    const auto& endpoints = (*module)->descriptor->endpoints;
    const auto endpoint = std::find_if(endpoints.begin(), endpoints.end(),
                                       [](const auto& one) { return one.name == "alerts"; });
    for (Occurrence& one : *found) {
        for (std::size_t i = 0;
             one.is_reference && i < lookup->targets.size() && endpoint != endpoints.end(); ++i) {
            auto central = central_of(targets_, lookup->targets[i], lookup->options, stop);
            auto text = central ? alert_text(*central, *endpoint, one.event_key,
                                             lookup->options.api_version, stop)
                                : Result<std::string>(central.status());
            // Without an answer the reference is told as it is: an alert is not lost for that.
            auto known = text ? read(*text) : Result<std::vector<Occurrence>>(text.status());
            if (known && known->size() == 1 && known->front().event_key == one.event_key) {
                one = std::move(known->front());
                one.account = central->account;
            }
        }
    }
    return found;
}

}  // namespace pf::host::runtime
