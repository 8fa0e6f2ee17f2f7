#include "host/cost/shapes/running_hours.hpp"

#include <algorithm>
#include <limits>

namespace pf::host::cost {
namespace {

constexpr std::size_t no_step = std::numeric_limits<std::size_t>::max();

// One more than there are steps: a sample may stand at the end of the last one.
std::size_t words_for(Period period, std::int64_t step) {
    const std::int64_t steps = std::max<std::int64_t>(0, period.to - period.from + step - 1) / step;
    return static_cast<std::size_t>((steps + 1) / 64 + 1);
}

}  // namespace

RunningHours::RunningHours(Period period, std::int64_t step)
    : period_(period), step_(step), words_(words_for(period, step)), known_(words_, 0) {}

void RunningHours::add(std::size_t page, std::string_view id, std::int64_t at) {
    if (at < period_.from || at > period_.to) {
        return;
    }
    const auto step = static_cast<std::size_t>((at - period_.from) / step_);
    const std::uint64_t bit = std::uint64_t{1} << (step % 64);
    if (begins_.size() <= page) {
        begins_.resize(page + 1, no_step);
    }
    begins_[page] = std::min(begins_[page], step);
    known_[step / 64] |= bit;
    id_.assign(id);
    Machine& machine = machines_.try_emplace(id_, Machine{Bits(words_, 0), page}).first->second;
    machine.ran[step / 64] |= bit;
    has_any_ = true;
}

void RunningHours::close() {
    for (const std::size_t begin : begins_) {
        last_begin_ = begin == no_step ? last_begin_ : std::max(last_begin_, begin);
    }
    const auto last = static_cast<std::size_t>((period_.to - period_.from) / step_);
    shift_ = is_set(known_, last) && !is_set(known_, 0) ? 1 : 0;
}

int RunningHours::state(const Machine* machine, std::size_t step) const {
    const std::size_t at = step + shift_;
    if (machine != nullptr && is_set(machine->ran, at)) {
        return 1;
    }
    const std::size_t begin = machine == nullptr ? last_begin_ : begins_[machine->page];
    return at >= begin && is_set(known_, at) ? 0 : -1;
}

void RunningHours::cut(const Shape& segment, const std::function<void(const Shape&)>& part) const {
    const auto found = machines_.find(segment.id);
    const Machine* const machine = found == machines_.end() ? nullptr : &found->second;
    Shape next = segment;
    const auto put = [&](std::int64_t until) {
        if (next.from < until) {
            next.to = until;
            part(next);
            next.from = until;
        }
    };
    std::int64_t at = segment.from;
    while (at < segment.to) {
        const bool is_inside = at >= period_.from && at < period_.to;
        const std::int64_t step = is_inside ? (at - period_.from) / step_ : 0;
        const int ran = is_inside ? state(machine, static_cast<std::size_t>(step)) : -1;
        const Basis basis = ran < 0 ? segment.basis : Basis::measured;
        const std::int64_t on = ran < 0 ? segment.number(ShapeField::on) : ran;
        if (basis != next.basis || on != next.number(ShapeField::on)) {
            put(at);
            next.basis = basis;
            next.number(ShapeField::on) = on;
        }
        if (is_inside) {
            at = std::min(period_.from + (step + 1) * step_, period_.to);
        } else {
            at = at < period_.from ? std::min(period_.from, segment.to) : segment.to;
        }
    }
    put(segment.to);
}

}  // namespace pf::host::cost
