// Paging: does Prism give pages as large as asked for, a total to hold them against, and an order?

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/doctor/checks.hpp"

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

// Of this many lists the paging is tried: one question each, and one more for the first.
constexpr std::size_t most_lists = 4;

struct Paged {
    EndpointAnswer list;
    std::int64_t default_size = -1;
};

Json paged_json(const Paged& paged) {
    const EndpointAnswer& list = paged.list;
    const auto known = [](std::int64_t number) { return number < 0 ? Json() : Json(number); };
    return {{"resource", list.resource},
            {"version", list.version},
            {"page_asked", list.asked},
            {"page_given", list.items},
            {"page_default", known(paged.default_size)},
            {"total", known(list.total)},
            {"order", list.is_order_refused                   ? "refused"
                      : list.is_order_asked && list.is_sorted ? "by id"
                      : list.is_order_asked                   ? "not as asked"
                                                              : "not asked"}};
}

std::string paged_text(const Paged& paged) {
    const EndpointAnswer& list = paged.list;
    return list.resource + ": " + std::to_string(list.items) + " of " +
           (list.total < 0 ? "an untold total" : std::to_string(list.total)) + " for a page of " +
           std::to_string(list.asked) +
           (paged.default_size < 0
                ? ""
                : ", " + std::to_string(paged.default_size) + " when no size is asked for") +
           (list.is_order_refused                   ? ", does not sort by id"
            : list.is_order_asked && list.is_sorted ? ", sorted by id"
                                                    : "");
}

// What is odd about a list; OK when nothing is.
Finding judge(const Paged& paged) {
    const EndpointAnswer& list = paged.list;
    const auto total = static_cast<std::uint64_t>(std::max<std::int64_t>(list.total, 0));
    const Status problem(Code::failed_precondition, "ERROR_PRISM_PAGING", "pages are odd");
    if (!list.failure.ok()) {
        return found_failure("paging", list.failure.within(list.resource));
    }
    if (list.total < 0) {
        return found_warning("paging", list.resource + " comes without a total", problem,
                             "nothing shows whether such a list is whole; record this Prism "
                             "(prismforet record) and report it");
    }
    if (list.items == 0 && total > 0) {
        return found_warning("paging",
                             list.resource + " says " + std::to_string(total) +
                                 " and gives nothing for a page of " + std::to_string(list.asked),
                             problem, "lower the option page_size, e.g. 50");
    }
    if (list.is_order_asked && !list.is_sorted) {
        return found_warning("paging", list.resource + " does not keep the order it was asked for",
                             problem,
                             "nothing is to be done: lists are read twice when they change "
                             "meanwhile; record this Prism and report it");
    }
    return found_good("paging", "");
}

}  // namespace

Finding check_paging(Examination& examination) {
    std::vector<Paged> lists;
    for (const EndpointAnswer& known : examination.endpoints) {
        if (known.failure.ok() && !known.kinds.empty() && lists.size() < most_lists) {
            lists.push_back({known, -1});
        }
    }
    if (lists.empty()) {
        return not_tried("paging", "no list that rows are made of answers");
    }
    Json facts = {{"lists", Json::array()}};
    Finding finding;
    std::vector<std::string> details;
    for (Paged& paged : lists) {
        ask_first_page(examination, paged.list, 0);
        if (&paged == &lists.front() && paged.list.failure.ok()) {
            paged.default_size = ask_default_size(examination, paged.list);
        }
        Finding one = judge(paged);
        if (finding.check.empty() || one.verdict == Verdict::fail ||
            finding.verdict == Verdict::ok) {
            finding = std::move(one);
        }
        details.push_back(paged_text(paged));
        facts["lists"].push_back(paged_json(paged));
    }
    if (finding.verdict == Verdict::ok) {
        finding.text = details.front();
        details.erase(details.begin());
    }
    finding.details = std::move(details);
    finding.facts = facts.dump();
    return finding;
}

}  // namespace pf::host::doctor
