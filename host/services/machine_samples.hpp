// When virtual machines ran, as Prism's statistics show it.
//
// A machine that is off has no samples, or nothing but zeros. So what counts is that a sample above
// zero is there: of the running time that Prism also has, nobody says whether it is of one interval
// or since the machine was started.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/meter.hpp"
#include "host/prism/target.hpp"

namespace pf::host::services {

enum class MachineList : std::uint8_t { ahv, esxi };

// A span in UTC seconds and the distance of its samples.
struct SampleSpan {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t step = 3600;
};

// Called with the number of the answer, a machine's UUID and the time of a sample that shows it
// running, RFC 3339 as Prism writes it; in any order, and more than once where Prism repeats
// itself.
using OnSample =
    std::function<void(std::size_t page, std::string_view id, std::string_view timestamp)>;

// Reads the statistics of all machines of a list, page by page; `first_page` is the number of its
// first answer, and afterwards that of the one behind its last. NOT_FOUND: this Prism Central has
// no such statistics (they came with v4). Anything else but OK: they could not be read whole.
Status read_machine_samples(const std::shared_ptr<prism::Target>& target, MachineList list,
                            const SampleSpan& span, prism::ApiWish wish, const Stop& stop,
                            const std::shared_ptr<prism::Meter>& meter, std::size_t& first_page,
                            const OnSample& on_sample);

// Whether statistics show some machine of a list running in the span. Looks at the first answer
// only. Fails as read_machine_samples does.
Result<bool> has_machine_samples(const std::shared_ptr<prism::Target>& target, MachineList list,
                                 const SampleSpan& span, prism::ApiWish wish, const Stop& stop,
                                 const std::shared_ptr<prism::Meter>& meter);

}  // namespace pf::host::services
