// The reading side of the ledger: stretches become segments.
#include <algorithm>
#include <array>
#include <utility>

#include "host/cost/shapes/shape_json.hpp"
#include "host/services/document.hpp"
#include "host/state/ledger_file.hpp"
#include "host/state/shape_ledger.hpp"

namespace pf::host::state {
namespace {

using cost::Basis;
using cost::Period;
using cost::Shape;

// Stretches that may overlap the period [?1, ?2), in the order of Shapes. The last column is the
// instant since which a resource that is seen for the first time can have been there.
constexpr std::string_view stretches_text = R"sql(
SELECT s.resource, s.account, r.first, r.last, r.gone, f.body,
       CASE WHEN EXISTS (SELECT 1 FROM stretch p WHERE p.resource = r.resource AND p.first < r.first)
            THEN r.first
            ELSE max(coalesce(s.created, r.first),
                     coalesce((SELECT max(c.at) FROM collection c WHERE c.account = s.account AND
                               c.kind = s.kind AND c.at < r.first AND c.complete = 1), 0))
       END AS since
FROM resource s JOIN stretch r ON r.resource = s.id JOIN facts f ON f.id = r.facts
WHERE (r.gone IS NULL OR r.gone > ?1) AND (r.first < ?2 OR s.created < ?2)
ORDER BY s.resource, s.account, s.kind, r.first)sql";

class LedgerSegments final : public cost::Shapes {
  public:
    LedgerSegments(std::unique_ptr<Database> database, Statement stretches, Period period,
                   std::int64_t now)
        : database_(std::move(database)),
          stretches_(std::move(stretches)),
          period_(period),
          now_(now) {}

    Status rewind() override {
        stretches_.reset();
        stretches_.bind(1, period_.from).bind(2, period_.to);
        parts_ = next_part_ = 0;
        is_at_end_ = false;
        return Status();
    }

    Result<bool> next(Shape& shape) override {
        while (!is_at_end_ && next_part_ == parts_) {
            const auto stepped = stretches_.step();
            if (!stepped) {
                is_at_end_ = true;
                return stepped.status();
            }
            is_at_end_ = !*stepped;
            if (*stepped) {
                if (Status read = read_stretch(); !read.ok()) {
                    is_at_end_ = true;
                    return read;
                }
            }
        }
        if (is_at_end_) {
            return false;
        }
        const Part& part = all_parts_[next_part_++];
        current_.from = part.from;
        current_.to = part.to;
        current_.basis = part.basis;
        shape = current_;
        return true;
    }

  private:
    struct Part {
        std::int64_t from;
        std::int64_t to;
        Basis basis;
    };

    Status read_stretch() {
        const std::int64_t first = stretches_.number(2);
        const std::int64_t last = stretches_.number(3);
        const auto gone = stretches_.number_or_null(4);
        parts_ = next_part_ = 0;
        // Before it was seen at all, while it was seen, and since nothing is known of it.
        add(std::min(stretches_.number(6), first), first, Basis::assumed);
        add(first, gone.value_or(last), Basis::measured);
        if (!gone) {
            add(last, std::max(last, now_), Basis::assumed);
        }
        if (parts_ == 0) {
            return Status();
        }
        auto shape = cost::shape_of_facts(stretches_.text(5), document_);
        if (!shape) {
            return database_->corrupt(shape.status().message());
        }
        current_ = std::move(*shape);
        current_.id = stretches_.text(0);
        current_.account = stretches_.text(1);
        return Status();
    }

    // What of [from, to) is within the period.
    void add(std::int64_t from, std::int64_t to, Basis basis) {
        from = std::max(from, period_.from);
        to = std::min(to, period_.to);
        if (from < to) {
            all_parts_[parts_++] = {from, to, basis};
        }
    }

    std::unique_ptr<Database> database_;
    Statement stretches_;
    Period period_;
    std::int64_t now_;
    services::Document document_;
    Shape current_;
    std::array<Part, 3> all_parts_{};
    std::size_t parts_ = 0;
    std::size_t next_part_ = 0;
    bool is_at_end_ = false;
};

}  // namespace

Result<std::unique_ptr<cost::Shapes>> read_segments(const LedgerSettings& settings, Period period,
                                                    std::int64_t now) {
    auto database = open_to_read({settings.path, settings.wait, 0});
    if (!database) {
        return database.status();
    }
    // One state for all passes: it is taken with the first read.
    if (Status begun = (*database)->run("BEGIN; SELECT count(*) FROM collection"); !begun.ok()) {
        return begun;
    }
    auto stretches = (*database)->prepare(stretches_text);
    if (!stretches) {
        return stretches.status();
    }
    auto segments =
        std::make_unique<LedgerSegments>(std::move(*database), std::move(*stretches), period, now);
    if (Status ready = segments->rewind(); !ready.ok()) {
        return ready;
    }
    return std::unique_ptr<cost::Shapes>(std::move(segments));
}

}  // namespace pf::host::state
