// The ABI's tables, served by FakeCall.
#pragma once

#include <algorithm>
#include <mutex>
#include <vector>

#include "prismforet/abi.h"
#include "prismforet/testing/document.hpp"
#include "prismforet/testing/fake_call.hpp"

namespace pf::testing::detail {

// What create() registers.
struct FakeRegistrar {
    bool is_created = false;
    const pf_inventory* inventory = nullptr;
    void* self = nullptr;

    static pf_status add(pf_registrar* registrar, pf_str concern, const void* table,
                         void* self) noexcept {
        auto& into = *reinterpret_cast<FakeRegistrar*>(registrar);
        if (to_view(concern) != PF_INVENTORY_ID || table == nullptr) return PF_INVALID_ARGUMENT;
        if (into.inventory != nullptr) return PF_ALREADY_EXISTS;
        const auto* inventory = static_cast<const pf_inventory*>(table);
        if (!PF_HAS(inventory, collect) || inventory->flags != 0) return PF_INVALID_ARGUMENT;
        into.inventory = inventory;
        into.self = self;
        return PF_OK;
    }
};

inline const pf_writer fake_writer{
    sizeof(pf_writer),
    [](pf_call* call, std::uint32_t output, pf_val entity, pf_str id) noexcept {
        FakeCall::of(call).begin(output, entity, to_view(id));
    },
    [](pf_call* call, pf_str key) noexcept { FakeCall::of(call).recorder.key(to_view(key)); },
    [](pf_call* call, pf_str text) noexcept { FakeCall::of(call).recorder.str(to_view(text)); },
    [](pf_call* call, std::int64_t number) noexcept { FakeCall::of(call).recorder.i64(number); },
    [](pf_call* call, double number) noexcept { FakeCall::of(call).recorder.f64(number); },
    [](pf_call* call, std::int32_t truth) noexcept {
        FakeCall::of(call).recorder.boolean(truth != 0);
    },
    [](pf_call* call) noexcept { FakeCall::of(call).recorder.null(); },
    [](pf_call* call) noexcept { FakeCall::of(call).recorder.open(PF_KIND_OBJECT); },
    [](pf_call* call) noexcept { FakeCall::of(call).recorder.open(PF_KIND_ARRAY); },
    [](pf_call* call) noexcept { FakeCall::of(call).recorder.close(); },
    [](pf_call* call, pf_str key) noexcept { FakeCall::of(call).recorder.unknown(to_view(key)); },
    [](pf_call* call) noexcept { return FakeCall::of(call).end(); },
    [](pf_call* call) noexcept { FakeCall::of(call).recorder.abort(); }};

inline const pf_lists fake_lists{
    sizeof(pf_lists),
    [](pf_call* call, const pf_list_request* request, pf_list** out) noexcept {
        return FakeCall::of(call).open(*request, out);
    },
    [](pf_call* call, pf_list* list, pf_page* out) noexcept -> pf_status {
        if (list == nullptr || out->struct_size < sizeof(pf_page)) return PF_INVALID_ARGUMENT;
        return FakeCall::of(call).next(list, *out);
    },
    [](pf_call* call, std::uint32_t endpoint, pf_str id, pf_page* out) noexcept -> pf_status {
        if (out->struct_size < sizeof(pf_page)) return PF_INVALID_ARGUMENT;
        return FakeCall::of(call).fetch(endpoint, to_view(id), *out);
    },
    [](pf_call* call, std::uint32_t endpoint, const pf_str* parents, std::uint64_t count) noexcept {
        return FakeCall::of(call).expect(endpoint, parents, count);
    }};

inline const pf_lookups fake_lookups{
    sizeof(pf_lookups),
    [](pf_call* call, std::uint32_t lookup, const pf_table** out) noexcept {
        return FakeCall::of(call).open_table(lookup, out);
    },
    [](const pf_table* table, pf_str id, std::uint32_t field, pf_str* out) noexcept {
        if (table == nullptr) return 0;
        const auto& rows = reinterpret_cast<const FakeTable*>(table)->rows;
        const auto row = rows.find(to_view(id));
        if (row == rows.end() || field >= row->second.size() || !row->second[field].first) return 0;
        *out = to_str(row->second[field].second);
        return 1;
    }};

inline const pf_outcomes fake_outcomes{
    sizeof(pf_outcomes),
    [](pf_call* call, pf_str code, pf_str id, pf_str why) noexcept {
        FakeCall::of(call).run.notes.push_back(
            {std::string(to_view(code)), std::string(to_view(id)), std::string(to_view(why))});
    },
    [](pf_call* call, pf_val entity, pf_str code, pf_str why) noexcept {
        FakeCall::of(call).skip(entity, to_view(code), to_view(why));
    },
    [](pf_call* call, pf_val entity) noexcept { FakeCall::of(call).filtered(entity); },
    [](pf_call* call, pf_status status, pf_str why) noexcept {
        FakeCall& fake = FakeCall::of(call);
        if (fake.run.why.empty()) fake.run.why = to_view(why);
        return status == PF_OK ? PF_UNKNOWN : status;
    }};

inline const pf_clock fake_clock{
    sizeof(pf_clock), [](pf_call* call) noexcept { return FakeCall::of(call).script().now_ms; }};

inline const pf_central fake_central{sizeof(pf_central), [](pf_call* call, pf_str* out) noexcept {
                                         *out = to_str(FakeCall::of(call).script().central_uuid);
                                         return out->len > 0 ? 1 : 0;
                                     }};

// pf_host with what belongs to one fake host.
struct HostTable {
    pf_host abi{sizeof(pf_host),
                PF_ABI_MAJOR,
                PF_ABI_MINOR,
                document_reader(),
                &fake_writer,
                &fake_lists,
                &fake_lookups,
                &fake_outcomes,
                &log,
                [](pf_call* call) noexcept { return FakeCall::of(call).is_over() ? 1 : 0; },
                &wait,
                &service};
    std::mutex mutex;
    std::vector<LogLine> logs;

    static void log(const pf_host* host, pf_call* call, std::int32_t level, pf_str text) noexcept {
        const LogLine line{level, std::string(to_view(text).substr(0, 4096))};
        if (call != nullptr) return FakeCall::of(call).run.logs.push_back(line);
        auto& table = *const_cast<HostTable*>(reinterpret_cast<const HostTable*>(host));
        const std::lock_guard lock(table.mutex);
        table.logs.push_back(line);
    }

    // Time does not pass in a test.
    static pf_status wait(pf_call* call, std::int64_t ms) noexcept {
        if (ms < 0 || ms > 3'600'000) return PF_INVALID_ARGUMENT;
        return FakeCall::of(call).block();
    }

    static const void* service(const pf_host*, pf_str id) noexcept {
        if (to_view(id) == PF_CENTRAL_ID) return &fake_central;
        return to_view(id) == PF_CLOCK_ID ? &fake_clock : nullptr;
    }
};

}  // namespace pf::testing::detail
