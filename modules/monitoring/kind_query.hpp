// KindQuery: one metric of entities of one kind: asks Prism, brings the samples onto the grid and
// hands them out, or says what is missing.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extent.hpp"
#include "metric_table.hpp"
#include "prismforet/module.hpp"
#include "resample.hpp"

namespace monitoring {

// An entity that is asked about, and what came of it. Texts are the caller's.
struct Subject {
    std::string_view key;
    std::string_view id;
    std::string_view cluster;
    std::vector<Sample> samples;
    bool is_answered = false;
    bool is_unknown = false;  // Prism does not know it
    bool is_whole = false;    // there is nothing more to be asked for
};

// Lives in one call of the module. Its functions throw pf::Failure.
class KindQuery {
  public:
    KindQuery(pf::MetricsCall& call, const Metric& metric, Kind kind, Aggregation aggregation,
              const Grid& grid, std::vector<Subject> subjects);

    void run();

  private:
    using Numbers = std::vector<std::size_t>;  // of subjects
    struct Answer {
        Extent extent;
        Numbers subjects;
    };

    bool open(const Numbers& asked, std::int64_t from_s, std::int64_t to_s);
    std::vector<Answer> read(const Numbers& asked);
    std::vector<Answer> ask(const Numbers& asked, std::int64_t from_s, std::int64_t to_s);
    void keep(std::string_view id, const std::vector<Sample>& samples, Answer& answer);
    void ask_older(const std::vector<Answer>& answers);
    bool is_cut(const Answer& suspect);
    void ask_ranges(std::int64_t to_s, std::int64_t slots);
    Numbers unfinished() const;
    void note_cut();
    void write();

    pf::MetricsCall& call_;
    const Metric& metric_;
    const Kind kind_;
    const Aggregation aggregation_;
    const Grid grid_;
    std::vector<Subject> subjects_;
    std::map<std::string, Numbers> by_id_;
    bool has_failed_ = false;  // an answer could not be read
};

}  // namespace monitoring
