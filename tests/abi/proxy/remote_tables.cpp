// The tables of the ABI as the module sees them behind the proxy: arguments in, frames out.
#include "prismforet/abi/central.h"
#include "prismforet/abi/clock.h"
#include "tests/abi/proxy/module_side.hpp"

namespace pf::test {
namespace {

RemoteCall& of(pf_call* call) { return *reinterpret_cast<RemoteCall*>(call); }

std::int64_t ask(RemoteCall& call, const FrameWriter& frame) {
    return FrameReader(call.side.ask(frame)).get<std::int64_t>();
}
pf_status ask_status(RemoteCall& call, const FrameWriter& frame) {
    return static_cast<pf_status>(ask(call, frame));
}

const pf_writer writer{
    sizeof(pf_writer),
    [](pf_call* call, std::uint32_t output, pf_val entity, pf_str id) noexcept {
        FrameWriter& tape = of(call).tape;
        tape.put(Token::begin).put(output);
        of(call).put_entity(tape, entity);
        tape.text(to_view(id));
    },
    [](pf_call* call, pf_str key) noexcept { of(call).tape.put(Token::key).text(to_view(key)); },
    [](pf_call* call, pf_str text) noexcept { of(call).tape.put(Token::str).text(to_view(text)); },
    [](pf_call* call, std::int64_t value) noexcept { of(call).tape.put(Token::i64).put(value); },
    [](pf_call* call, double value) noexcept { of(call).tape.put(Token::f64).put(value); },
    [](pf_call* call, std::int32_t truth) noexcept {
        of(call).tape.put(Token::boolean).put(truth);
    },
    [](pf_call* call) noexcept { of(call).tape.put(Token::null); },
    [](pf_call* call) noexcept { of(call).tape.put(Token::obj); },
    [](pf_call* call) noexcept { of(call).tape.put(Token::arr); },
    [](pf_call* call) noexcept { of(call).tape.put(Token::close); },
    [](pf_call* call, pf_str key) noexcept {
        of(call).tape.put(Token::unknown).text(to_view(key));
    },
    [](pf_call* call) noexcept {
        RemoteCall& remote = of(call);
        FrameWriter frame = remote.frame(Op::record);
        for (const std::uint8_t byte : remote.tape.bytes()) frame.put(byte);
        remote.tape.clear();
        return ask_status(remote, frame);
    },
    [](pf_call* call) noexcept { of(call).tape.clear(); }};

const pf_lists lists{
    sizeof(pf_lists),
    [](pf_call* call, const pf_list_request* request, pf_list** out) noexcept {
        RemoteCall& remote = of(call);
        FrameWriter frame = remote.frame(Op::list_open);
        frame.put(request->endpoint).text(to_view(request->cluster));
        frame.put(request->page_size).put(request->flags).text(to_view(request->parent));
        const pf_status status = ask_status(remote, frame);
        auto list = std::make_unique<RemoteList>();
        list->number = static_cast<std::uint32_t>(remote.lists.size());
        *out = status == PF_OK ? reinterpret_cast<pf_list*>(list.get()) : nullptr;
        remote.lists.push_back(std::move(list));
        return status;
    },
    [](pf_call* call, pf_list* list, pf_page* out) noexcept {
        RemoteCall& remote = of(call);
        auto& into = *reinterpret_cast<RemoteList*>(list);
        const Bytes answer = remote.side.ask(remote.frame(Op::list_next).put(into.number));
        return remote.take_page(answer, into, *out);
    },
    [](pf_call* call, std::uint32_t endpoint, pf_str id, pf_page* out) noexcept {
        RemoteCall& remote = of(call);
        const FrameWriter frame = remote.frame(Op::fetch).put(endpoint).text(to_view(id));
        return remote.take_page(remote.side.ask(frame), remote.fetched, *out);
    },
    [](pf_call* call, std::uint32_t endpoint, const pf_str* parents, std::uint64_t count) noexcept {
        FrameWriter frame = of(call).frame(Op::list_expect);
        frame.put(endpoint).put(count);
        for (std::uint64_t i = 0; i < count; ++i) frame.text(to_view(parents[i]));
        return ask_status(of(call), frame);
    }};

const pf_lookups lookups{
    sizeof(pf_lookups),
    [](pf_call* call, std::uint32_t lookup, const pf_table** out) noexcept {
        RemoteCall& remote = of(call);
        const pf_status status = ask_status(remote, remote.frame(Op::lookup_open).put(lookup));
        auto table = std::make_unique<RemoteCall::Table>();
        table->call = &remote;
        table->number = static_cast<std::uint32_t>(remote.tables.size());
        *out = status == PF_OK ? reinterpret_cast<const pf_table*>(table.get()) : nullptr;
        remote.tables.push_back(std::move(table));
        return status;
    },
    [](const pf_table* handle, pf_str id, std::uint32_t field, pf_str* out) noexcept {
        if (handle == nullptr) return 0;
        const auto& table = *reinterpret_cast<const RemoteCall::Table*>(handle);
        const std::lock_guard lock(table.mutex);
        const auto [row, is_new] = table.rows.try_emplace({std::string(to_view(id)), field});
        if (is_new) {
            FrameWriter frame = table.call->frame(Op::lookup_get);
            frame.put(table.number).text(to_view(id)).put(field);
            const Bytes answer = table.call->side.ask(frame);
            FrameReader reader(answer);
            row->second.first = reader.get<std::int32_t>() != 0;
            row->second.second = reader.text();
        }
        if (!row->second.first) return 0;
        *out = to_str(row->second.second);
        return 1;
    }};

const pf_outcomes outcomes{
    sizeof(pf_outcomes),
    [](pf_call* call, pf_str code, pf_str id, pf_str why) noexcept {
        FrameWriter frame = of(call).frame(Op::note);
        of(call).side.ask(frame.text(to_view(code)).text(to_view(id)).text(to_view(why)));
    },
    [](pf_call* call, pf_val entity, pf_str code, pf_str why) noexcept {
        FrameWriter frame = of(call).frame(Op::skip);
        of(call).put_entity(frame, entity);
        of(call).side.ask(frame.text(to_view(code)).text(to_view(why)));
    },
    [](pf_call* call, pf_val entity) noexcept {
        FrameWriter frame = of(call).frame(Op::filtered);
        of(call).put_entity(frame, entity);
        of(call).side.ask(frame);
    },
    [](pf_call* call, pf_status status, pf_str why) noexcept {
        return ask_status(of(call), of(call).frame(Op::fail).put(status).text(to_view(why)));
    }};

const pf_clock remote_clock{sizeof(pf_clock), [](pf_call* call) noexcept {
                                return ask(of(call), of(call).frame(Op::now));
                            }};

const pf_central remote_central{sizeof(pf_central),
                                [](pf_call* call, pf_str* out) noexcept -> std::int32_t {
                                    RemoteCall& remote = of(call);
                                    const Bytes answer = remote.side.ask(remote.frame(Op::central));
                                    FrameReader reader(answer);
                                    if (reader.get<std::int32_t>() == 0) return 0;
                                    remote.central = reader.text();
                                    *out = to_str(remote.central);
                                    return 1;
                                }};

void log(const pf_host* host, pf_call* call, std::int32_t level, pf_str text) noexcept {
    ModuleSide& side = *reinterpret_cast<const ModuleSide::Host*>(host)->side;
    FrameWriter frame(Op::log, call == nullptr ? 0 : of(call).number);
    side.ask(frame.put(level).text(to_view(text)));
}

std::int32_t cancelled(pf_call* call) noexcept {
    return static_cast<std::int32_t>(ask(of(call), of(call).frame(Op::cancelled)));
}

pf_status wait(pf_call* call, std::int64_t ms) noexcept {
    return ask_status(of(call), of(call).frame(Op::wait).put(ms));
}

const void* service(const pf_host* host, pf_str id) noexcept {
    ModuleSide& side = *reinterpret_cast<const ModuleSide::Host*>(host)->side;
    const Bytes answer = side.ask(FrameWriter(Op::service, 0).text(to_view(id)));
    const bool is_there = FrameReader(answer).get<std::int64_t>() != 0;
    if (is_there && to_view(id) == PF_CENTRAL_ID) return &remote_central;
    return is_there && to_view(id) == PF_CLOCK_ID ? &remote_clock : nullptr;
}

}  // namespace

pf_host remote_host() {
    return {sizeof(pf_host),
            PF_ABI_MAJOR,
            PF_ABI_MINOR,
            testing::document_reader(),
            &writer,
            &lists,
            &lookups,
            &outcomes,
            &log,
            &cancelled,
            &wait,
            &service};
}

}  // namespace pf::test
