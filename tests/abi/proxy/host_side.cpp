#include "tests/abi/proxy/host_side.hpp"

#include <optional>
#include <stdexcept>

#include "prismforet/abi/central.h"
#include "prismforet/abi/clock.h"
#include "prismforet/testing/document.hpp"

namespace pf::test {
namespace {

// pf_module.create does not say whose it is.
HostSide* present = nullptr;

bool is_same(pf_val a, pf_val b) { return a.doc == b.doc && a.at == b.at; }

// Where `target` is below `value`, as positions of children.
bool find_path(const pf_reader& reader, pf_val value, pf_val target,
               std::vector<std::uint32_t>& path) {
    if (is_same(value, target)) return true;
    path.push_back(0);
    for (pf_val at = reader.first(value); reader.kind(at) != PF_KIND_ABSENT;
         at = reader.next(value, at)) {
        if (find_path(reader, at, target, path)) return true;
        ++path.back();
    }
    path.pop_back();
    return false;
}

Bytes number(std::int64_t value) { return FrameWriter().put(value).bytes(); }

}  // namespace

HostSide::HostSide(Wire& wire) : wire_(wire) {
    if (present != nullptr) throw std::logic_error("one proxy at a time");
    present = this;
    wire_.to_host.serve([this](FrameReader frame) { return serve(frame); });
    const Bytes answer = wire_.to_module.ask(FrameWriter(Op::describe, 0));
    FrameReader reader(answer);
    const auto major = reader.get<std::uint16_t>();
    const auto minor = reader.get<std::uint16_t>();
    descriptor_ = reader.text();
    module_ = {sizeof(pf_module), major, minor, to_str(descriptor_), &create, &destroy};
}

HostSide::~HostSide() { present = nullptr; }

pf_status HostSide::create(const pf_host* host, pf_val config, pf_add_fn add,
                           pf_registrar* registrar, void** self) noexcept {
    HostSide& side = *present;
    side.host_ = host;
    side.add_ = add;
    side.registrar_ = registrar;
    const std::string text = testing::to_json(*host->reader, config).dump();
    const Bytes answer = side.wire_.to_module.ask(FrameWriter(Op::create, 0).text(text));
    side.add_ = nullptr;
    *self = &side;
    return FrameReader(answer).get<pf_status>();
}

void HostSide::destroy(void* self) noexcept {
    static_cast<HostSide*>(self)->wire_.to_module.ask(FrameWriter(Op::destroy, 0));
}

pf_status HostSide::collect(void* self, pf_call* call, std::uint32_t output, pf_val options,
                            pf_str cluster) noexcept {
    HostSide& side = *static_cast<HostSide*>(self);
    std::uint64_t id = 0;
    {
        const std::lock_guard lock(side.mutex_);
        id = ++side.last_call_;
        side.calls_[id].handle = call;
    }
    FrameWriter frame(Op::collect, id);
    frame.put(output).text(testing::to_json(*side.host_->reader, options).dump());
    frame.text(to_view(cluster));
    const Bytes answer = side.wire_.to_module.ask(frame);
    const std::lock_guard lock(side.mutex_);
    side.calls_.erase(id);
    return FrameReader(answer).get<pf_status>();
}

Bytes HostSide::serve(FrameReader frame) {
    const Op op = frame.get<Op>();
    const auto id = frame.get<std::uint64_t>();
    Call* call = nullptr;
    if (id != 0) {
        const std::lock_guard lock(mutex_);
        call = &calls_.at(id);  // a node of a map stays where it is
    }
    if (op < Op::list_open || op >= Op::cancelled) {
        return serve_host(op, call == nullptr ? nullptr : call->handle, frame);
    }
    return op < Op::record ? serve_reads(op, *call, frame) : serve_outcomes(op, *call, frame);
}

Bytes HostSide::serve_host(Op op, pf_call* call, FrameReader& frame) {
    static constexpr pf_inventory inventory{sizeof(pf_inventory), 0, &collect};
    switch (op) {
        case Op::add: {
            const std::string concern = frame.text();
            if (add_ == nullptr) return number(PF_FAILED_PRECONDITION);
            return number(add_(registrar_, to_str(concern), &inventory, this));
        }
        case Op::log: {
            const auto level = frame.get<std::int32_t>();
            host_->log(host_, call, level, to_str(frame.text()));
            return {};
        }
        case Op::service:
            return number(host_->service(host_, to_str(frame.text())) != nullptr);
        case Op::now: {
            const auto* clock =
                static_cast<const pf_clock*>(host_->service(host_, to_str(PF_CLOCK_ID)));
            return number(clock == nullptr ? 0 : clock->now_ms(call));
        }
        case Op::central: {
            const auto* central =
                static_cast<const pf_central*>(host_->service(host_, to_str(PF_CENTRAL_ID)));
            pf_str uuid{nullptr, 0};
            const std::int32_t is_shown = central == nullptr ? 0 : central->uuid(call, &uuid);
            return FrameWriter().put(is_shown).text(is_shown != 0 ? to_view(uuid) : "").bytes();
        }
        case Op::cancelled:
            return number(host_->cancelled(call));
        case Op::wait:
            return number(host_->wait(call, frame.get<std::int64_t>()));
        default:
            throw std::logic_error("an unknown frame");
    }
}

// status, dialect, has root, root's text, how to find the items: absent, a path, or their text.
Bytes HostSide::page(pf_status status, const pf_page& page) {
    FrameWriter out;
    out.put(static_cast<std::int64_t>(status)).put(page.dialect);
    if (status != PF_OK) return out.bytes();
    const pf_reader& reader = *host_->reader;
    out.text(testing::to_json(reader, page.root).dump());
    std::vector<std::uint32_t> path;
    if (reader.kind(page.items) == PF_KIND_ABSENT) {
        out.put(std::uint8_t{0});
    } else if (find_path(reader, page.root, page.items, path)) {
        out.put(std::uint8_t{1}).put(static_cast<std::uint32_t>(path.size()));
        for (const std::uint32_t step : path) out.put(step);
    } else {
        out.put(std::uint8_t{2}).text(testing::to_json(reader, page.items).dump());
    }
    return out.bytes();
}

Bytes HostSide::serve_reads(Op op, Call& call, FrameReader& frame) {
    switch (op) {
        case Op::list_open: {
            const auto endpoint = frame.get<std::uint32_t>();
            const std::string cluster = frame.text();
            const auto page_size = frame.get<std::uint32_t>();
            const auto flags = frame.get<std::uint32_t>();
            const std::string parent = frame.text();
            const pf_list_request request{
                sizeof(pf_list_request), endpoint, to_str(cluster), page_size, flags,
                to_str(parent)};
            List list;
            const pf_status status = host_->lists->open(call.handle, &request, &list.handle);
            call.lists.push_back(std::move(list));
            return number(status);
        }
        case Op::list_next: {
            List& list = call.lists.at(frame.get<std::uint32_t>());
            pf_page next{sizeof(pf_page), 0, {0, 0}, {0, 0}};
            list.items.clear();
            const pf_status status = host_->lists->next(call.handle, list.handle, &next);
            const pf_reader& reader = *host_->reader;
            for (pf_val at = status == PF_OK ? reader.first(next.items) : pf_val{0, 0};
                 reader.kind(at) != PF_KIND_ABSENT; at = reader.next(next.items, at)) {
                list.items.push_back(at);
            }
            return page(status, next);
        }
        case Op::list_expect: {
            const auto endpoint = frame.get<std::uint32_t>();
            const auto count = frame.get<std::uint64_t>();
            std::vector<std::string> parents;
            for (std::uint64_t i = 0; i < count; ++i) parents.push_back(frame.text());
            std::vector<pf_str> texts;
            for (const std::string& parent : parents) texts.push_back(to_str(parent));
            return number(host_->lists->expect(call.handle, endpoint, texts.data(), count));
        }
        case Op::fetch: {
            pf_page next{sizeof(pf_page), 0, {0, 0}, {0, 0}};
            const auto endpoint = frame.get<std::uint32_t>();
            const std::string id = frame.text();
            const pf_status status = host_->lists->fetch(call.handle, endpoint, to_str(id), &next);
            call.fetched = status == PF_OK ? next.items : pf_val{0, 0};
            return page(status, next);
        }
        case Op::lookup_open: {
            const pf_table* table = nullptr;
            const auto lookup = frame.get<std::uint32_t>();
            const pf_status status = host_->lookups->open(call.handle, lookup, &table);
            call.tables.push_back(table);
            return number(status);
        }
        default: {
            const pf_table* table = call.tables.at(frame.get<std::uint32_t>());
            const std::string id = frame.text();
            const auto field = frame.get<std::uint32_t>();
            pf_str text{nullptr, 0};
            const std::int32_t found = host_->lookups->get(table, to_str(id), field, &text);
            return FrameWriter().put(found).text(found != 0 ? to_view(text) : "").bytes();
        }
    }
}

pf_val HostSide::entity(Call& call, FrameReader& frame) {
    switch (frame.get<Entity>()) {
        case Entity::item: {
            const auto list = frame.get<std::uint32_t>();
            const auto item = frame.get<std::uint32_t>();
            return call.lists.at(list).items.at(item);
        }
        case Entity::fetched:
            return call.fetched;
        default:
            return {0, 0};
    }
}

Bytes HostSide::serve_outcomes(Op op, Call& call, FrameReader& frame) {
    const pf_outcomes& outcomes = *host_->outcomes;
    switch (op) {
        case Op::record:
            return number(play(call, frame));
        case Op::note: {
            const std::string code = frame.text();
            const std::string id = frame.text();
            const std::string why = frame.text();
            outcomes.note(call.handle, to_str(code), to_str(id), to_str(why));
            return {};
        }
        case Op::skip: {
            const pf_val about = entity(call, frame);
            const std::string code = frame.text();
            const std::string why = frame.text();
            outcomes.skip(call.handle, about, to_str(code), to_str(why));
            return {};
        }
        case Op::filtered:
            outcomes.filtered(call.handle, entity(call, frame));
            return {};
        default: {
            const auto status = frame.get<pf_status>();
            const std::string why = frame.text();
            return number(outcomes.fail(call.handle, status, to_str(why)));
        }
    }
}

// Plays a tape into the host's writer and ends the record.
pf_status HostSide::play(Call& call, FrameReader& tape) {
    const pf_writer& writer = *host_->writer;
    pf_call* handle = call.handle;
    while (!tape.is_at_end()) {
        switch (tape.get<Token>()) {
            case Token::begin: {
                const auto output = tape.get<std::uint32_t>();
                const pf_val about = entity(call, tape);
                writer.begin(handle, output, about, to_str(tape.text()));
                break;
            }
            case Token::key:
                writer.key(handle, to_str(tape.text()));
                break;
            case Token::str:
                writer.str(handle, to_str(tape.text()));
                break;
            case Token::i64:
                writer.i64(handle, tape.get<std::int64_t>());
                break;
            case Token::f64:
                writer.f64(handle, tape.get<double>());
                break;
            case Token::boolean:
                writer.boolean(handle, tape.get<std::int32_t>());
                break;
            case Token::null:
                writer.null(handle);
                break;
            case Token::obj:
                writer.obj(handle);
                break;
            case Token::arr:
                writer.arr(handle);
                break;
            case Token::close:
                writer.close(handle);
                break;
            case Token::unknown:
                writer.unknown(handle, to_str(tape.text()));
                break;
        }
    }
    return writer.end(handle);
}

}  // namespace pf::test
