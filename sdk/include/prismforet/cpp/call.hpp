// Call: everything a handler can do while it runs. Use it only on the handler's own thread.
//
// Endpoints, look-ups and outputs are named by their position in the descriptor. Give them names
// with an enum in the same order; a test holds them against the descriptor:
//
//   enum Endpoint : std::uint32_t { vms, clusters };
#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "prismforet/abi/host.h"
#include "prismforet/cpp/detail.hpp"
#include "prismforet/cpp/list.hpp"
#include "prismforet/cpp/lookup.hpp"
#include "prismforet/cpp/row.hpp"
#include "prismforet/cpp/session.hpp"
#include "prismforet/cpp/value.hpp"

namespace pf {

// A position in an array of the descriptor: a number or an enum.
template <class T>
concept Index = std::is_enum_v<T> || std::unsigned_integral<T>;

class Call {
  public:
    // Made by the SDK for each handler; `host` and `call` outlive it.
    Call(const pf_host* host, pf_call* call, const detail::Services& services) noexcept
        : session_{host, call}, services_(services) {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    // The entities of an endpoint, all pages. Throws Failure: PF_NOT_FOUND when this Prism does
    // not have the API; others are already known to the host.
    template <Index I>
    List list(I endpoint, const ListOptions& options = {}) {
        return List(session_, static_cast<std::uint32_t>(endpoint), options);
    }

    // One entity by id; absent when there is none. Lives until the next fetch. Throws Failure.
    // Ask a look-up instead of fetching once per entity.
    template <Index I>
    Value fetch(I endpoint, std::string_view id) {
        pf_page page{sizeof(pf_page), 0, {0, 0}, {0, 0}};
        const pf_status status = session_.host->lists->fetch(
            session_.call, static_cast<std::uint32_t>(endpoint), to_str(id), &page);
        if (status == PF_NOT_FOUND) return {};
        if (status != PF_OK) throw Failure(status);
        return {session_.host->reader, page.items};
    }

    // The parents that read_detail will ask for, in this order: the host fetches ahead for them.
    // Once per page of the list the parents come from; see List::page. Throws Failure.
    template <Index I>
    void expect(I endpoint, const std::vector<std::string_view>& parents) {
        detail::expect(session_, static_cast<std::uint32_t>(endpoint), parents);
    }

    // Reads the list of `endpoint` below `parent` and calls visit(Value) for each item, which lives
    // until the next one; of an endpoint with `stats` for the one object, if there is one. False:
    // it could not be read whole, and the host has told why; call Row::unknown for what it would
    // have shown. Throws Failure when the call must end.
    template <Index I, class Visit>
    bool read_detail(I endpoint, std::string_view parent, Visit&& visit) {
        return detail::read(session_, static_cast<std::uint32_t>(endpoint), parent,
                            std::forward<Visit>(visit));
    }

    // A look-up table; may wait until it is filled. See Lookup::is_filled.
    template <Index I>
    Lookup lookup(I index) {
        return Lookup(session_, static_cast<std::uint32_t>(index));
    }

    // Opens the record of `entity`, an item of a list (absent: of no listed entity). `id` is its
    // identity at Prism, the same in every run. One row at a time.
    template <Index I>
    Row begin(I output, Value entity, std::string_view id) {
        return Row(session_, static_cast<std::uint32_t>(output), entity, id);
    }

    // A value of the resource `id` was left out; its record goes out and the run stays complete.
    // `code` is a stable word such as "vm.no_cluster", `why` one sentence for an operator.
    void note(std::string_view code, std::string_view id, std::string_view why) noexcept {
        session_.host->outcomes->note(session_.call, to_str(code), to_str(id), to_str(why));
    }

    // The entity cannot go out: the run is partial.
    void skip(Value entity, std::string_view code, std::string_view why) noexcept {
        session_.host->outcomes->skip(session_.call, entity.raw(), to_str(code), to_str(why));
    }

    // The entity was not asked for.
    void filtered(Value entity) noexcept {
        session_.host->outcomes->filtered(session_.call, entity.raw());
    }

    // Writes a log line; `level` is one of PF_LOG_*. Never log what may be secret.
    void log(std::int32_t level, std::string_view text) noexcept {
        session_.host->log(session_.host, session_.call, level, to_str(text));
    }

    // The call should end. Lists and rows notice by themselves; ask in long loops without them.
    bool is_cancelled() noexcept { return session_.host->cancelled(session_.call) != 0; }

    // Waits `ms` milliseconds. Throws Failure when the call is cancelled or out of time meanwhile.
    void wait(std::int64_t ms) {
        const pf_status status = session_.host->wait(session_.call, ms);
        if (status != PF_OK) throw Failure(status);
    }

    // Milliseconds since 1970-01-01T00:00:00Z, as the run sees the time. Throws Failure when the
    // host has no clock service.
    std::int64_t now_ms() {
        if (services_.clock == nullptr) {
            throw Failure(PF_UNIMPLEMENTED, "the host has no pf.clock/1");
        }
        return services_.clock->now_ms(session_.call);
    }

    // The UUID of the Prism Central the call reads from; empty when Prism does not show it to this
    // user. Lives as long as the call. Throws Failure when the host has no pf.central/1.
    std::string_view central_uuid() {
        if (services_.central == nullptr) {
            throw Failure(PF_UNIMPLEMENTED, "the host has no pf.central/1");
        }
        pf_str uuid{nullptr, 0};
        return services_.central->uuid(session_.call, &uuid) != 0 ? to_view(uuid)
                                                                  : std::string_view{};
    }

    // The status that a committed row left behind; PF_OK when all is well.
    pf_status ended() const noexcept { return session_.ended; }

  private:
    detail::Session session_;
    detail::Services services_;
};

}  // namespace pf
