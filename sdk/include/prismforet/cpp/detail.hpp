// Reading lists below a parent: detail of one entity, such as the disks of a volume group.
#pragma once

#include <string_view>
#include <vector>

#include "prismforet/abi/list.h"
#include "prismforet/cpp/failure.hpp"
#include "prismforet/cpp/session.hpp"
#include "prismforet/cpp/value.hpp"

namespace pf::detail {

// Throws when the host is older than lists below a parent.
inline void require_details(const Session& session) {
    if (!PF_HAS(session.host->lists, expect)) {
        throw Failure(PF_UNIMPLEMENTED, "the host cannot list below a parent; use a newer one");
    }
}

// See Call::expect.
inline void expect(const Session& session, std::uint32_t endpoint,
                   const std::vector<std::string_view>& parents) {
    require_details(session);
    std::vector<pf_str> texts;
    texts.reserve(parents.size());
    for (const std::string_view parent : parents) texts.push_back(to_str(parent));
    const pf_status status =
        session.host->lists->expect(session.call, endpoint, texts.data(), texts.size());
    if (status != PF_OK) throw Failure(status);
}

// See Call::read_detail.
template <class Visit>
bool read(Session& session, std::uint32_t endpoint, std::string_view parent, Visit&& visit) {
    require_details(session);
    const auto ends_call = [](pf_status status) {
        return status == PF_CANCELLED || status == PF_DEADLINE_EXCEEDED ||
               status == PF_INVALID_ARGUMENT;
    };
    const pf_list_request request{sizeof(pf_list_request), endpoint, {nullptr, 0}, 0, 0,
                                  to_str(parent)};
    pf_list* list = nullptr;
    pf_status status = session.host->lists->open(session.call, &request, &list);
    while (status == PF_OK) {
        pf_page page{sizeof(pf_page), 0, {0, 0}, {0, 0}};
        status = session.host->lists->next(session.call, list, &page);
        if (status != PF_OK) break;
        const Value items(session.host->reader, page.items);
        if (items.kind() == Kind::object) {
            visit(items);
        } else {
            for (const Value item : items) visit(item);
        }
    }
    session.check();
    if (ends_call(status)) throw Failure(status);
    return status == PF_OUT_OF_RANGE;
}

}  // namespace pf::detail
