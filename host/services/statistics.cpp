#include "host/services/statistics.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <set>

#include "host/services/form_choice.hpp"
#include "host/services/json_path.hpp"

namespace pf::host::services {
namespace {

// More is a validation error of v4; clients do well with these of groups (Prism API, 3.1 and 4).
constexpr std::size_t most_of_v4 = 100;
constexpr std::size_t most_of_groups = 250;
constexpr int most_attempts = 4;  // at a smaller answer

// What the lists of Prism Centrals take. A wrong memory costs a few refused requests.
class FilterMemory {
  public:
    struct Known {
        IdFilter filter = IdFilter::in;
        std::int64_t samples = Statistics::samples_per_answer;
    };
    Known of(const std::string& key) {
        const std::lock_guard lock(mutex_);
        const auto found = known_.find(key);
        return found == known_.end() ? Known() : found->second;
    }
    void keep(const std::string& key, const Known& known) {
        const std::lock_guard lock(mutex_);
        if (known_.size() >= most_known) {
            known_.clear();
        }
        known_[key] = known;
    }

  private:
    static constexpr std::size_t most_known = 1000;
    std::mutex mutex_;
    std::map<std::string, Known> known_;
};

FilterMemory& memory() {
    static auto& one = *new FilterMemory();
    return one;
}

bool is_refusal(const Status& status) { return status.reason() == "ERROR_PRISM_REQUEST"; }

}  // namespace

Statistics::Statistics(std::shared_ptr<prism::Target> target, prism::ApiWish api, Stop stop,
                       std::shared_ptr<prism::Meter> meter)
    : target_(std::move(target)), api_(api), stop_(std::move(stop)), meter_(std::move(meter)) {}

std::string Statistics::memory_key() const { return target_->name() + " " + endpoint_->v4->path; }

std::int64_t Statistics::samples_each() const {
    return std::max<std::int64_t>(
        1, (wish_.to_s - wish_.from_s) / std::max<std::int64_t>(1, wish_.step_s));
}

std::size_t Statistics::answer_size(std::int64_t samples, std::size_t most) const {
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(samples / samples_each(), 1, static_cast<std::int64_t>(most)));
}

Status Statistics::open(const Endpoint& endpoint, StatisticsWish wish) {
    endpoint_ = &endpoint;
    wish_ = std::move(wish);
    ahead_.reset();
    steps_.clear();
    at_ = 0;
    has_first_ = false;
    // Without a metric of that name in v3, there is none to be asked for.
    Endpoint asked = endpoint;
    if (wish_.v3_fields.empty()) {
        asked.v3.reset();
    }
    FormChoice choice(target_, asked, api_, {});
    while (true) {
        auto form = choice.next(stop_, *meter_);
        if (!form) {
            return form.status();
        }
        form_ = std::move(*form);
        Status opened = form_->dialect() == 4 ? open_v4() : open_v3();
        if (opened.code() != Code::not_found) {
            if (opened.ok()) {
                choice.was_served();
                start();
            }
            return opened.ok() ? opened : opened.within(endpoint.name);
        }
        choice.was_absent();
    }
}

Status Statistics::ask(const prism::Request& request) {
    auto answer = target_->send(request, stop_, *meter_);
    if (!answer) {
        return answer.status();
    }
    body_ = std::move(answer->body);
    if (Status parsed = document_.parse_padded(body_.text()); !parsed.ok()) {
        return parsed;
    }
    has_first_ = true;
    return Status();
}

// The answer is about no more than was asked for: the filter was not ignored.
bool Statistics::keeps_to(std::size_t asked) const {
    const std::int64_t total = form_->total(document_.root());
    return (total >= 0 ? static_cast<std::size_t>(total) : ids_of_answer().size()) <= asked;
}

// An answer about one entity that is not there is no sign that the API is not: every general
// release has the statistics of its namespace.
Status Statistics::open_v4() {
    if (!endpoint_->has_parent()) {
        return open_list();
    }
    for (std::size_t i = 0; i < wish_.ids.size(); ++i) {
        steps_.push_back({entity_statistics(*endpoint_->v4, form_->version(), wish_, i), i});
    }
    return Status();
}

Status Statistics::open_list() {
    const IdFilter first = memory().of(memory_key()).filter;
    for (const IdFilter filter : {IdFilter::in, IdFilter::either}) {
        if (filter < first) {
            continue;
        }
        bool is_taken = false;
        if (Status tried = try_filter(filter, is_taken); !tried.ok() || is_taken) {
            return tried;
        }
    }
    return open_whole();
}

Status Statistics::ask_list(IdFilter filter, std::size_t count) {
    return ask(list_statistics(*endpoint_->v4, form_->version(), wish_, filter,
                               std::span<const std::string>(wish_.ids).first(count), 0, count));
}

// A refusal may mean the filter, or that the answer would hold too many samples: what is refused
// of many is asked of two. One at a time is no better than each by its id.
Status Statistics::try_filter(IdFilter filter, bool& is_taken) {
    const std::int64_t usual = memory().of(memory_key()).samples;
    std::size_t size = std::min(answer_size(usual, most_of_v4), wish_.ids.size());
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        Status asked = ask_list(filter, size);
        if (asked.ok()) {
            is_taken = keeps_to(size);
            has_first_ = is_taken;
            if (is_taken) {
                const auto samples = static_cast<std::int64_t>(size) * samples_each();
                memory().keep(memory_key(), {filter, attempt == 0 ? usual : samples});
                chosen(filter, size, size);
            }
            return Status();
        }
        if (!is_refusal(asked) || size <= 2) {
            return is_refusal(asked) ? Status() : asked;
        }
        asked = ask_list(filter, 2);
        if (!asked.ok()) {
            return is_refusal(asked) ? Status() : asked;
        }
        size = std::max<std::size_t>(2, size / 4);
    }
    return Status(Code::invalid_argument, "ERROR_PRISM_REQUEST",
                  "Prism refuses statistics of this many samples; ask for a longer period or a "
                  "shorter time");
}

void Statistics::chosen(IdFilter filter, std::size_t from, std::size_t size) {
    const std::span<const std::string> ids(wish_.ids);
    for (std::size_t at = from; at < ids.size(); at += size) {
        const auto some = ids.subspan(at, std::min(size, ids.size() - at));
        steps_.push_back(
            {list_statistics(*endpoint_->v4, form_->version(), wish_, filter, some, 0, some.size()),
             std::nullopt});
    }
}

std::vector<std::string> Statistics::ids_of_answer() const {
    std::vector<std::string> ids;
    auto items = form_->items(document_.root(), true);
    if (items) {
        for (pf_val one = reader().first(*items); one.doc != 0; one = reader().next(*items, one)) {
            ids.emplace_back(text_at(one, form_->id_path()));
        }
    }
    return ids;
}

// The first page says how long the list is, and with that which way is shorter.
Status Statistics::open_whole() {
    const auto known_samples = memory().of(memory_key()).samples;
    const std::size_t size = answer_size(known_samples, most_of_v4);
    const auto page = [&](std::uint64_t number) {
        return list_statistics(*endpoint_->v4, form_->version(), wish_, IdFilter::none, {}, number,
                               size);
    };
    Status asked = ask(page(0));
    std::set<std::string> known;
    if (asked.ok()) {
        memory().keep(memory_key(), {IdFilter::none, known_samples});
        const std::int64_t total = form_->total(document_.root());
        const std::size_t pages =
            (static_cast<std::size_t>(std::max<std::int64_t>(0, total)) + size - 1) / size;
        if (total >= 0 && pages <= wish_.ids.size() + 1) {
            for (std::size_t i = 1; i < pages; ++i) {
                steps_.push_back({page(i), std::nullopt});
            }
            return Status();
        }
        for (std::string& id : ids_of_answer()) {
            known.insert(std::move(id));
        }
    } else if (!is_refusal(asked)) {
        return asked;
    }
    for (std::size_t i = 0; i < wish_.ids.size(); ++i) {
        if (!known.contains(wish_.ids[i])) {
            steps_.push_back({entity_statistics(*endpoint_->v4, form_->version(), wish_, i), i});
        }
    }
    return Status();
}

Status Statistics::open_v3() {
    const std::span<const std::string> ids(wish_.ids);
    const EndpointV3& v3 = *endpoint_->v3;
    const std::size_t size = answer_size(samples_per_answer, most_of_groups);
    const std::size_t count = std::min(size, ids.size());
    if (Status asked = ask(group_statistics(v3, wish_, ids.first(count), 0, count)); !asked.ok()) {
        return asked;
    }
    if (!keeps_to(count)) {
        // The ids are as if they were not there.
        const auto total =
            static_cast<std::size_t>(std::max<std::int64_t>(0, form_->total(document_.root())));
        for (std::size_t at = count; at < total; at += size) {
            steps_.push_back({group_statistics(v3, wish_, {}, at, size), std::nullopt});
        }
        return Status();
    }
    for (std::size_t at = count; at < ids.size(); at += size) {
        const auto some = ids.subspan(at, std::min(size, ids.size() - at));
        steps_.push_back({group_statistics(v3, wish_, some, 0, some.size()), std::nullopt});
    }
    return Status();
}

void Statistics::start() {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        names.push_back(std::to_string(i));
    }
    if (names.empty()) {
        return;
    }
    ahead_ = std::make_unique<FirstPages>(
        target_,
        [steps = steps_](const std::string& name) { return steps[std::stoul(name)].request; },
        std::move(names), stop_, meter_);
}

Result<Statistics::Answer> Statistics::next() {
    Answer answer;
    answer.dialect = form_ ? form_->dialect() : 4;
    if (std::exchange(has_first_, false)) {
        answer.root = document_.root();
        return answer;
    }
    if (at_ >= steps_.size()) {
        return Status(Code::out_of_range, "", "");
    }
    const Step& step = steps_[at_];
    auto taken = ahead_->take(std::to_string(at_));
    ++at_;
    answer.entity = step.entity;
    if (!taken) {
        return Status(Code::internal, "ERROR_INTERNAL", "an answer was taken twice");
    }
    if (!*taken) {
        answer.status = taken->status();
    } else {
        body_ = std::move(**taken);
        answer.status = document_.parse_padded(body_.text());
        answer.root = answer.status.ok() ? document_.root() : pf_val{0, 0};
    }
    if (!answer.status.ok() && stop_.requested()) {
        return answer.status.within(endpoint_->name);
    }
    return answer;
}

}  // namespace pf::host::services
