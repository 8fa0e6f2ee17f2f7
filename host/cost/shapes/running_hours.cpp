#include "host/cost/shapes/running_hours.hpp"

#include <algorithm>

namespace pf::host::cost {
namespace {

std::size_t words_for(Period period, std::int64_t step) {
    const std::int64_t steps = std::max<std::int64_t>(0, period.to - period.from + step - 1) / step;
    return static_cast<std::size_t>(steps / 64 + 1);
}

}  // namespace

RunningHours::RunningHours(Period period, std::int64_t step)
    : period_(period), step_(step), words_(words_for(period, step)), known_(words_, 0) {}

void RunningHours::add(std::string_view id, std::int64_t at) {
    if (at < period_.from || at >= period_.to) {
        return;
    }
    const auto step = static_cast<std::size_t>((at - period_.from) / step_);
    const std::uint64_t bit = std::uint64_t{1} << (step % 64);
    id_.assign(id);
    machines_.try_emplace(id_, words_, 0).first->second[step / 64] |= bit;
    known_[step / 64] |= bit;
    has_any_ = true;
}

void RunningHours::cut(const Shape& segment, const std::function<void(const Shape&)>& part) const {
    const auto machine = machines_.find(segment.id);
    Shape next = segment;
    std::int64_t at = segment.from;
    const auto put = [&](std::int64_t until) {
        if (next.from < until) {
            next.to = until;
            part(next);
            next.from = until;
        }
    };
    while (at < segment.to) {
        const bool is_inside = at >= period_.from && at < period_.to;
        const auto step =
            is_inside ? static_cast<std::size_t>((at - period_.from) / step_) : std::size_t{0};
        const bool is_known = is_inside && is_set(known_, step);
        const bool is_on = machine != machines_.end() && is_inside && is_set(machine->second, step);
        const Basis basis = is_known ? Basis::measured : segment.basis;
        const std::int64_t on = is_known ? (is_on ? 1 : 0) : segment.number(ShapeField::on);
        if (basis != next.basis || on != next.number(ShapeField::on)) {
            put(at);
            next.basis = basis;
            next.number(ShapeField::on) = on;
        }
        at = is_inside
                 ? std::min(period_.from + static_cast<std::int64_t>(step + 1) * step_, period_.to)
             : at < period_.from ? std::min(period_.from, segment.to)
                                 : segment.to;
    }
    put(segment.to);
}

}  // namespace pf::host::cost
