#include "host/services/machine_samples.hpp"

#include <algorithm>
#include <chrono>

#include "host/services/document.hpp"
#include "host/services/form_choice.hpp"
#include "host/services/json_path.hpp"
#include "host/services/listing.hpp"
#include "host/services/stats_query.hpp"

namespace pf::host::services {
namespace {

// Samples of one page: about a megabyte and a half.
constexpr std::int64_t samples_per_page = 20'000;
constexpr std::int64_t largest_page = 100;

// Any number a running machine has all the time would do. -1 marks a value that is not
// known.
constexpr std::string_view metric = "hypervisorCpuUsagePpm";

Endpoint endpoint_of(MachineList list) {
    Endpoint endpoint;
    endpoint.name = list == MachineList::ahv ? "vm_stats" : "esxi_vm_stats";
    endpoint.role = "Prism Viewer";
    EndpointV4 v4;
    v4.api_namespace = "vmm";
    v4.path = list == MachineList::ahv ? "ahv/stats/vms" : "esxi/stats/vms";
    v4.id = {"extId"};
    endpoint.v4 = std::move(v4);
    return endpoint;
}

void read_machine(std::size_t page, pf_val machine, const OnSample& on_sample) {
    // A beta of the ESXi statistics names the id otherwise.
    std::string_view id = text_at(machine, {"extId"});
    id = id.empty() ? text_at(machine, {"vmExtId"}) : id;
    const pf_val samples = reader().get(machine, to_pf("stats"));
    for (pf_val one = reader().first(samples); one.doc != 0; one = reader().next(samples, one)) {
        std::int64_t value = 0;
        reader().i64(reader().get(one, to_pf(metric)), &value);
        if (value > 0 && !id.empty()) {
            on_sample(page, id, text_at(one, {"timestamp"}));
        }
    }
}

ListingScope scope_of(const SampleSpan& span) {
    using std::chrono::seconds;
    using std::chrono::sys_seconds;
    const std::int64_t steps = std::max<std::int64_t>(1, (span.to - span.from) / span.step);
    ListingScope scope;
    scope.page_size = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(samples_per_page / steps, 1, largest_page));
    scope.query = stats_query(sys_seconds(seconds(span.from)), sys_seconds(seconds(span.to)),
                              seconds(span.step), "AVG",
                              {"extId", "stats/timestamp", "stats/" + std::string(metric)});
    return scope;
}

// The whole list, in pages as `scope` has them.
Status read_list(const std::shared_ptr<prism::Target>& target, const Endpoint& endpoint,
                 const ListingScope& scope, prism::ApiWish wish, const Stop& stop,
                 const std::shared_ptr<prism::Meter>& meter, std::size_t& page_number,
                 const OnSample& on_sample) {
    auto listing = Listing::open(target, endpoint, wish, scope, stop, meter);
    if (!listing) {
        return listing.status();
    }
    while (true) {
        auto page = (*listing)->next();
        if (!page) {
            if (page.status().code() != Code::out_of_range) {
                return page.status();
            }
            break;
        }
        for (const Listing::Item& item : page->entries) {
            read_machine(page_number, item.value, on_sample);
        }
        ++page_number;
    }
    if (!(*listing)->is_complete()) {
        return Status(Code::failed_precondition, "ERROR_LIST_CHANGED",
                      "the list of " + endpoint.name +
                          " is not whole: " + (*listing)->why_incomplete() + "; try again");
    }
    return Status();
}

}  // namespace

Status read_machine_samples(const std::shared_ptr<prism::Target>& target, MachineList list,
                            const SampleSpan& span, prism::ApiWish wish, const Stop& stop,
                            const std::shared_ptr<prism::Meter>& meter, std::size_t& first_page,
                            const OnSample& on_sample) {
    const Endpoint endpoint = endpoint_of(list);
    ListingScope scope = scope_of(span);
    while (true) {
        Status read = read_list(target, endpoint, scope, wish, stop, meter, first_page, on_sample);
        // How many samples an answer may hold is not known; a request for more may be refused.
        if (read.reason() != "ERROR_PRISM_REQUEST" || scope.page_size == 1) {
            return read;
        }
        scope.page_size = std::max<std::uint32_t>(1, scope.page_size / 4);
    }
}

Result<bool> has_machine_samples(const std::shared_ptr<prism::Target>& target, MachineList list,
                                 const SampleSpan& span, prism::ApiWish wish, const Stop& stop,
                                 const std::shared_ptr<prism::Meter>& meter) {
    const Endpoint endpoint = endpoint_of(list);
    auto form = FormChoice(target, endpoint, wish, scope_of(span)).next(stop, *meter);
    if (!form) {
        return form.status();
    }
    auto answer = target->send(form->requests()(0), stop, *meter);
    if (!answer) {
        return answer.status();
    }
    Document document;
    if (Status parsed = document.parse_padded(answer->body.text()); !parsed.ok()) {
        return parsed;
    }
    auto items = form->items(document.root(), true);
    if (!items) {
        return items.status();
    }
    bool has_any = false;
    for (pf_val one = reader().first(*items); one.doc != 0; one = reader().next(*items, one)) {
        read_machine(0, one, [&has_any](std::size_t, std::string_view, std::string_view) {
            has_any = true;
        });
    }
    return has_any;
}

}  // namespace pf::host::services
