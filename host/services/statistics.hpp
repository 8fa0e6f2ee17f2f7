// Statistics: what Prism measured of many entities in a span of time, in as few requests as it
// allows, several at once.
//
//     Statistics statistics(target, wish_of_api, stop, meter);
//     Status opened = statistics.open(endpoint, wish);
//     while (auto answer = statistics.next()) ...
//
// The list of v4 is asked for chosen entities by a filter on their ids. Nobody documents which one
// it takes, so the first that is refused leads to the next; what a Prism Central takes is
// remembered for the life of the process. Without any, the whole list is read or each entity asked
// for, whichever needs fewer requests. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/meter.hpp"
#include "host/prism/target.hpp"
#include "host/services/document.hpp"
#include "host/services/first_pages.hpp"
#include "host/services/list_form.hpp"
#include "host/services/statistics_request.hpp"

namespace pf::host::services {

class Statistics {
  public:
    struct Answer {
        int dialect = 4;
        std::optional<std::size_t> entity;  // the only one it is about; else it names them
        Status status;                      // why there is no answer
        pf_val root{0, 0};                  // valid until the following next or open
    };

    Statistics(std::shared_ptr<prism::Target> target, prism::ApiWish api, Stop stop,
               std::shared_ptr<prism::Meter> meter);

    // Begins; `endpoint` outlives this object. NOT_FOUND: this Prism has no such statistics.
    Status open(const Endpoint& endpoint, StatisticsWish wish);
    // The next answer; OUT_OF_RANGE after the last.
    Result<Answer> next();

    // Samples of one answer, at most: about a megabyte and a half.
    static constexpr std::int64_t samples_per_answer = 20'000;

  private:
    struct Step {
        prism::Request request;
        std::optional<std::size_t> entity;
    };
    Status open_v4();
    Status open_list();
    Status try_filter(IdFilter filter, bool& is_taken);
    Status open_whole();
    Status open_v3();
    Status ask(const prism::Request& request);
    bool keeps_to(std::size_t asked) const;
    void chosen(IdFilter filter, std::size_t from, std::size_t size);
    void start();
    Status ask_list(IdFilter filter, std::size_t count);
    std::int64_t samples_each() const;
    std::size_t answer_size(std::int64_t samples, std::size_t most) const;
    std::vector<std::string> ids_of_answer() const;
    std::string memory_key() const;

    std::shared_ptr<prism::Target> target_;
    const prism::ApiWish api_;
    const Stop stop_;
    std::shared_ptr<prism::Meter> meter_;
    const Endpoint* endpoint_ = nullptr;
    StatisticsWish wish_;
    std::optional<ListForm> form_;
    std::vector<Step> steps_;
    std::size_t at_ = 0;
    std::unique_ptr<FirstPages> ahead_;
    prism::Body body_;
    Document document_;
    bool has_first_ = false;  // document_ holds an answer that was not given out
};

}  // namespace pf::host::services
