#include "host/services/host.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "host/observe/log.hpp"
#include "host/services/call.hpp"
#include "host/services/charges.hpp"
#include "host/services/event_feed.hpp"
#include "host/services/handling.hpp"
#include "host/services/json_path.hpp"
#include "host/services/odd_reads.hpp"
#include "host/services/outbound_desk.hpp"
#include "host/services/series.hpp"
#include "host/services/text.hpp"
#include "prismforet/abi/central.h"
#include "prismforet/abi/clock.h"
#include "prismforet/abi/outcome.h"

namespace pf::host::services {
namespace {

// Only the handler's own thread is served. Nothing may be thrown across the border: what our own
// code can throw is lack of memory; the record is given up then, the call goes on.
template <class F>
void guarded(pf_call* handle, F body) noexcept {
    Call* const call = Handling::find(handle);
    if (call == nullptr) {
        return;
    }
    try {
        body(*call);
    } catch (...) {
        call->writer().fail("out of memory");
    }
}

template <class F>
pf_status guarded_status(pf_call* handle, F body) noexcept {
    Call* const call = Handling::find(handle);
    if (call == nullptr) {
        return PF_FAILED_PRECONDITION;
    }
    try {
        return body(*call);
    } catch (...) {
        return PF_RESOURCE_EXHAUSTED;
    }
}

// A text a module gave. Of all wrong pointers only null can be told from a right one.
bool is_text(pf_str text) noexcept { return text.ptr != nullptr || text.len == 0; }
void refuse_null(Call& call, pf_str text) {
    call.writer().fail("a text of " + std::to_string(text.len) + " bytes at a null pointer");
}

void w_begin(pf_call* call, uint32_t output, pf_val entity, pf_str id) noexcept {
    guarded(call, [&](Call& c) { c.begin(output, entity, to_view(id)); });
}
void w_key(pf_call* call, pf_str key) noexcept {
    guarded(call,
            [&](Call& c) { is_text(key) ? c.writer().key(to_view(key)) : refuse_null(c, key); });
}
void w_str(pf_call* call, pf_str text) noexcept {
    guarded(call,
            [&](Call& c) { is_text(text) ? c.writer().str(to_view(text)) : refuse_null(c, text); });
}
void w_i64(pf_call* call, int64_t number) noexcept {
    guarded(call, [&](Call& c) { c.writer().i64(number); });
}
void w_f64(pf_call* call, double number) noexcept {
    guarded(call, [&](Call& c) { c.writer().f64(number); });
}
void w_boolean(pf_call* call, int32_t truth) noexcept {
    guarded(call, [&](Call& c) { c.writer().boolean(truth != 0); });
}
void w_null(pf_call* call) noexcept {
    guarded(call, [](Call& c) { c.writer().null(); });
}
void w_obj(pf_call* call) noexcept {
    guarded(call, [](Call& c) { c.writer().open(false); });
}
void w_arr(pf_call* call) noexcept {
    guarded(call, [](Call& c) { c.writer().open(true); });
}
void w_close(pf_call* call) noexcept {
    guarded(call, [](Call& c) { c.writer().close(); });
}
void w_unknown(pf_call* call, pf_str key) noexcept {
    guarded(call, [&](Call& c) { c.writer().unknown(to_view(key)); });
}
pf_status w_end(pf_call* call) noexcept {
    return guarded_status(call, [](Call& c) { return c.end(); });
}
void w_abort(pf_call* call) noexcept {
    guarded(call, [](Call& c) { c.abort(); });
}

const pf_writer writer_table{
    sizeof(pf_writer), w_begin,   w_key, w_str,  w_i64, w_f64, w_boolean, w_null, w_obj, w_arr,
    w_close,           w_unknown, w_end, w_abort};

pf_status l_open(pf_call* call, const pf_list_request* request, pf_list** out) noexcept {
    // Modules built before there were parents give a shorter request.
    if (request == nullptr || out == nullptr || !PF_REACHES(request, flags)) {
        return PF_INVALID_ARGUMENT;
    }
    *out = nullptr;
    return guarded_status(call, [&](Call& c) {
        std::size_t place = 0;
        const pf_str parent = PF_REACHES(request, parent) ? request->parent : pf_str{nullptr, 0};
        const pf_status opened =
            is_text(parent) ? c.open_list(*request, to_view(parent), place) : PF_INVALID_ARGUMENT;
        *out = opened == PF_OK ? Handling::handle_of<pf_list>(place) : nullptr;
        return opened;
    });
}
pf_status l_next(pf_call* call, pf_list* list, pf_page* out) noexcept {
    if (list == nullptr || out == nullptr || out->struct_size < sizeof(pf_page)) {
        return PF_INVALID_ARGUMENT;
    }
    // A list of another call is no place of this one.
    const std::size_t place =
        Handling::find(list) == nullptr ? Handling::most_places : Handling::place_of(list);
    return guarded_status(call, [&](Call& c) { return c.next_page(place, *out); });
}
pf_status l_fetch(pf_call* call, uint32_t endpoint, pf_str id, pf_page* out) noexcept {
    if (out == nullptr || out->struct_size < sizeof(pf_page)) {
        return PF_INVALID_ARGUMENT;
    }
    return guarded_status(call, [&](Call& c) { return c.fetch(endpoint, to_view(id), *out); });
}

pf_status l_expect(pf_call* call, uint32_t endpoint, const pf_str* parents,
                   uint64_t count) noexcept {
    if (parents == nullptr && count > 0) {
        return PF_INVALID_ARGUMENT;
    }
    return guarded_status(call, [&](Call& c) { return c.expect(endpoint, parents, count); });
}

const pf_lists lists_table{sizeof(pf_lists), l_open, l_next, l_fetch, l_expect};

pf_status t_open(pf_call* call, uint32_t lookup, const pf_table** out) noexcept {
    if (out == nullptr) {
        return PF_INVALID_ARGUMENT;
    }
    *out = nullptr;
    return guarded_status(call, [&](Call& c) {
        std::size_t place = 0;
        const pf_status opened = c.open_table(lookup, place);
        *out = opened == PF_OK ? Handling::handle_of<const pf_table>(place) : nullptr;
        return opened;
    });
}
int32_t t_get(const pf_table* handle, pf_str id, uint32_t field, pf_str* out) noexcept {
    if (handle == nullptr || out == nullptr) {
        return 0;  // a look-up that failed
    }
    const Call* const call = Handling::find(handle);
    const Table* const table = call == nullptr ? nullptr : call->table(Handling::place_of(handle));
    std::string_view text;
    if (table == nullptr || !table->get(to_view(id), field, text)) {
        return 0;
    }
    *out = to_pf(text);
    return 1;
}

const pf_lookups lookups_table{sizeof(pf_lookups), t_open, t_get};

void o_note(pf_call* call, pf_str code, pf_str id, pf_str why) noexcept {
    guarded(call, [&](Call& c) { c.note(to_view(code), to_view(id), to_view(why)); });
}
void o_skip(pf_call* call, pf_val entity, pf_str code, pf_str why) noexcept {
    guarded(call, [&](Call& c) { c.skip(entity, to_view(code), to_view(why)); });
}
void o_filtered(pf_call* call, pf_val entity) noexcept {
    guarded(call, [&](Call& c) { c.filtered(entity); });
}
pf_status o_fail(pf_call* call, pf_status status, pf_str why) noexcept {
    return guarded_status(call, [&](Call& c) { return c.fail(status, to_view(why)); });
}

const pf_outcomes outcomes_table{sizeof(pf_outcomes), o_note, o_skip, o_filtered, o_fail};

int64_t clock_now(pf_call*) noexcept {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count();
}

const pf_clock clock_table{sizeof(pf_clock), clock_now};

int32_t central_uuid(pf_call* handle, pf_str* out) noexcept {
    const Call* const call = Handling::find(handle);
    if (call == nullptr || out == nullptr || call->setup().central_uuid.empty()) {
        return 0;
    }
    *out = to_pf(call->setup().central_uuid);
    return 1;
}

const pf_central central_table{sizeof(pf_central), central_uuid};

struct ModuleHost {
    pf_host table;
    std::string name;
};

void h_log(const pf_host* host, pf_call*, int32_t level, pf_str text) noexcept {
    // `table` is the first member, so the host pointer is the ModuleHost's.
    const auto* self = reinterpret_cast<const ModuleHost*>(host);
    static constexpr observe::Level levels[] = {observe::Level::debug, observe::Level::info,
                                                observe::Level::warn, observe::Level::error};
    try {
        const auto index = static_cast<std::size_t>(std::clamp(level, 0, 3));
        observe::log(levels[index], "module.log",
                     {{"module", self->name},
                      {"text", replace_invalid_utf8(to_view(text).substr(0, 4096))}});
    } catch (...) {
        return;  // a log line is not worth a crash
    }
}
int32_t h_cancelled(pf_call* call) noexcept { return Handling::must_end(call) ? 1 : 0; }
pf_status h_wait(pf_call* call, int64_t ms) noexcept {
    return guarded_status(call, [&](Call& c) { return c.wait(ms); });
}
const void* h_service(const pf_host*, pf_str id) noexcept {
    const std::pair<std::string_view, const void*> known[] = {
        {PF_CENTRAL_ID, &central_table},         {PF_CLOCK_ID, &clock_table},
        {PF_SHAPES_ID, &shapes_table()},         {PF_CHARGES_ID, &charges_table()},
        {PF_SERIES_ID, &series_table()},         {PF_STATISTICS_ID, &statistics_table()},
        {PF_EVENT_FEED_ID, &event_feed_table()}, {PF_OUTBOUND_ID, &outbound_table()},
    };
    for (const auto& [name, table] : known) {
        if (name == to_view(id)) {
            return table;
        }
    }
    return nullptr;
}

}  // namespace

const pf_host* host_for_module(std::string_view name) {
    // Modules keep the pointer until the process ends, so nothing here is ever destroyed.
    static std::mutex mutex;
    static auto& hosts = *new std::map<std::string, ModuleHost*, std::less<>>();
    std::lock_guard lock(mutex);
    if (const auto at = hosts.find(name); at != hosts.end()) {
        return &at->second->table;
    }
    auto* made =
        new ModuleHost{pf_host{sizeof(pf_host), PF_ABI_MAJOR, PF_ABI_MINOR, &module_reader(),
                               &writer_table, &lists_table, &lookups_table, &outcomes_table, h_log,
                               h_cancelled, h_wait, h_service},
                       std::string(name)};
    hosts.emplace(made->name, made);
    return &made->table;
}

}  // namespace pf::host::services
