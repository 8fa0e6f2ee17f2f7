#include "host/runtime/shape_collection.hpp"

#include <algorithm>
#include <map>

#include "host/cost/shapes/row_shapes.hpp"
#include "host/cost/shapes/row_time.hpp"
#include "host/cost/shapes/running_hours.hpp"

namespace pf::host::runtime {
namespace {

// An hour in which a machine ran at all counts whole.
constexpr std::int64_t sample_step = 3600;

std::vector<std::shared_ptr<const Module>> modules_of(const Modules& modules) {
    std::vector<std::shared_ptr<const Module>> found;
    for (const Modules::Kind& kind : modules.kinds()) {
        if (found.empty() || found.back() != kind.module) {
            found.push_back(kind.module);
        }
    }
    return found;
}

std::vector<const services::Descriptor*> descriptors_of(
    const std::vector<std::shared_ptr<const Module>>& modules) {
    std::vector<const services::Descriptor*> descriptors;
    for (const auto& module : modules) {
        descriptors.push_back(module->descriptor.get());
    }
    return descriptors;
}

class ShapeSink final : public RowSink {
  public:
    ShapeSink(const std::vector<const services::Descriptor*>& descriptors, cost::Period period,
              std::int64_t now)
        : rows_(descriptors), period_(period), now_(now) {
        collection_.shapes = std::make_shared<cost::ShapeStore>();
    }

    encoding::RowFormat format() const override { return encoding::RowFormat::json_line; }
    bool write(RowBatch& batch) override {
        for (std::size_t i = 0; i < batch.size() && failure_.ok(); ++i) {
            auto shape = rows_.read(batch.row(i));
            if (!shape) {
                failure_ = shape.status();
            } else if (*shape) {
                keep(std::move(**shape));
            }
        }
        return failure_.ok();
    }
    bool is_gone() override { return false; }

    const Status& failure() const { return failure_; }
    // Of what a resource cannot be charged by, as nobody knows it; one note per fact.
    std::vector<Reason> gaps() const {
        std::vector<Reason> all;
        for (const auto& [field, gap] : gaps_) {
            all.push_back(gap);
        }
        return all;
    }
    ShapeCollection take() { return std::move(collection_); }

  private:
    // A fact that no look-up failed for and Prism does not say all the same: nobody can mend that,
    // so it is told and costs nothing.
    void note_gaps(const cost::Shape& shape) {
        for (const services::ShapeFieldRule& rule : services::shape_field_rules()) {
            if ((shape.unknown & services::bit_of(rule.field)) == 0 ||
                (rule.must & services::bit_of(shape.shape_class)) == 0) {
                continue;
            }
            Reason& gap = gaps_[rule.field];
            if (gap.code.empty()) {
                gap = {"cost.unknown_fact",
                       "",
                       shape.kind,
                       "Prism does not say '" + std::string(rule.name) +
                           "', so what hangs on it is not charged",
                       0,
                       {}};
            }
            ++gap.count;
            if (gap.first_ids.size() < 5) {
                gap.first_ids.push_back(shape.id);
            }
        }
    }

    void keep(cost::Shape shape) {
        note_gaps(shape);
        const std::int64_t created = shape.number(cost::ShapeField::created);
        shape.from = std::max(created == cost::Shape::none ? period_.from : created, period_.from);
        shape.to = std::min(period_.to, now_);
        shape.basis = cost::Basis::assumed;
        if (collection_.account.empty()) {
            collection_.account = shape.account;
        }
        if (shape.from < shape.to) {
            collection_.shapes->add(shape);
        }
    }

    cost::RowShapes rows_;
    const cost::Period period_;
    const std::int64_t now_;
    ShapeCollection collection_;
    std::map<services::ShapeField, Reason> gaps_;
    Status failure_;
};

Code code_of(const std::string& reason) {
    return reason == "ERROR_INVALID_CREDENTIALS" ? Code::unauthenticated
                                                 : Code::failed_precondition;
}

// Cuts the machines in `store` by the hours in which they ran.
Status measure(Inventory& inventory, const Request& request, cost::Period period, std::int64_t now,
               const Stop& stop, std::shared_ptr<cost::ShapeStore>& store, RunReport& report) {
    const cost::Period past{period.from, std::min(period.to, now)};
    if (past.from >= past.to) {
        return Status();
    }
    cost::RunningHours hours(past, sample_step);
    const Status read = inventory.read_machine_samples(
        request, {past.from, past.to, sample_step}, stop,
        [&hours](std::size_t page, std::string_view id, std::string_view timestamp) {
            if (const auto at = cost::seconds_of(timestamp)) {
                hours.add(page, id, *at);
            }
        });
    const bool is_refused =
        read.reason() == "ERROR_PRISM_PERMISSION" || read.reason() == "ERROR_PRISM_REQUEST";
    if (read.code() == Code::not_found || is_refused) {
        report.notes.push_back({"cost.no_statistics",
                                request.targets.front().name,
                                "",
                                "machines are taken to have run as they do now: " + read.message(),
                                1,
                                {}});
        return Status();
    }
    if (!read.ok()) {
        return read.within("statistics of " + request.targets.front().name);
    }
    hours.close();
    if (!hours.has_any()) {
        return Status();
    }
    auto cut = std::make_shared<cost::ShapeStore>();
    cost::Shape shape;
    Status begun = store->rewind();
    while (begun.ok()) {
        auto has_next = store->next(shape);
        if (!has_next) {
            return has_next.status();
        }
        if (!*has_next) {
            break;
        }
        if (shape.shape_class != services::ShapeClass::machine) {
            cut->add(shape);
            continue;
        }
        hours.cut(shape, [&cut](const cost::Shape& part) { cut->add(part); });
    }
    store = std::move(cut);
    return begun;
}

}  // namespace

std::vector<std::string> kinds_of_classes(const Modules& modules,
                                          const std::set<services::ShapeClass>& classes) {
    std::vector<std::string> kinds;
    for (const Modules::Kind& kind : modules.kinds()) {
        const auto& shape = kind.description().shape;
        if (shape && classes.contains(shape->shape_class)) {
            kinds.push_back(kind.description().kind);
        }
    }
    return kinds;
}

Result<ShapeCollection> collect_shapes(Inventory& inventory, const Modules& modules,
                                       const Request& request, cost::Period period,
                                       std::int64_t now, RunningTime running, const Stop& stop,
                                       RunReport& report) {
    const auto loaded = modules_of(modules);
    ShapeSink sink(descriptors_of(loaded), period, now);
    const Status ended = inventory.collect(request, sink, stop, report);
    if (!sink.failure().ok()) {
        return sink.failure();
    }
    if (!ended.ok()) {
        return ended;
    }
    if (!report.missing.empty()) {
        const Reason& first = report.missing.front();
        std::string why = "costs of " + first.target +
                          " cannot be worked out as its inventory is "
                          "not whole: " +
                          (first.kind.empty() ? "" : first.kind + ": ") + first.text;
        if (report.missing.size() > 1) {
            why += " (and " + std::to_string(report.missing.size() - 1) + " more)";
        }
        return Status(code_of(first.code), first.code, why);
    }
    for (Reason& gap : sink.gaps()) {
        gap.target = request.targets.front().name;
        report.notes.push_back(std::move(gap));
    }
    ShapeCollection collection = sink.take();
    if (running == RunningTime::assumed) {
        return collection;
    }
    Status measured = measure(inventory, request, period, now, stop, collection.shapes, report);
    return measured.ok() ? Result<ShapeCollection>(std::move(collection)) : measured;
}

}  // namespace pf::host::runtime
