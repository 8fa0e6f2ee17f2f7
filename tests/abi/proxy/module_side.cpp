#include "tests/abi/proxy/module_side.hpp"

#include <stdexcept>

namespace pf::test {

using testing::Document;
using testing::Json;

RemoteCall::RemoteCall(ModuleSide& the_side, std::uint64_t the_number)
    : side(the_side), number(the_number) {}

void RemoteCall::put_entity(FrameWriter& out, pf_val value) const {
    const auto index_in = [value](const RemoteList& list) -> std::int64_t {
        if (list.items == nullptr || list.items_value.doc != value.doc) return -1;
        const auto* node = reinterpret_cast<const Json*>(value.at);
        const Json* first = list.items->children.data();
        if (node < first || node >= first + list.items->children.size()) return -1;
        return node - first;
    };
    for (const auto& list : lists) {
        const std::int64_t index = index_in(*list);
        if (index < 0) continue;
        out.put(Entity::item).put(list->number).put(static_cast<std::uint32_t>(index));
        return;
    }
    const bool is_fetched = value.doc != 0 && value.doc == fetched.items_value.doc;
    out.put(is_fetched ? Entity::fetched : Entity::none);
}

pf_status RemoteCall::take_page(const Bytes& answer, RemoteList& into, pf_page& out) const {
    FrameReader reader(answer);
    const auto status = static_cast<pf_status>(reader.get<std::int64_t>());
    out.dialect = reader.get<std::int32_t>();
    into.items = nullptr;
    into.items_value = {0, 0};
    into.root.reset();
    into.apart.reset();
    if (status != PF_OK) return status;
    into.root = std::make_unique<Document>(reader.text());
    const auto how = reader.get<std::uint8_t>();
    if (how == 1) {
        into.items = &into.root->json();
        for (auto steps = reader.get<std::uint32_t>(); steps > 0; --steps) {
            into.items = &into.items->at(reader.get<std::uint32_t>());
        }
        into.items_value = into.root->value(*into.items);
    } else if (how == 2) {
        into.apart = std::make_unique<Document>(reader.text());
        into.items = &into.apart->json();
        into.items_value = into.apart->root();
    }
    out.root = into.root->root();
    out.items = into.items_value;
    return PF_OK;
}

ModuleSide::ModuleSide(Wire& wire, const pf_module* module)
    : wire_(wire), module_(module), host_{remote_host(), this} {
    wire_.to_module.serve([this](FrameReader frame) { return serve(frame); });
}

Bytes ModuleSide::serve(FrameReader frame) {
    const Op op = frame.get<Op>();
    const auto call = frame.get<std::uint64_t>();
    switch (op) {
        case Op::describe:
            return FrameWriter()
                .put(module_->abi_major)
                .put(module_->abi_minor)
                .text(to_view(module_->descriptor))
                .bytes();
        case Op::create:
            return FrameWriter().put(create(frame.text())).bytes();
        case Op::destroy:
            module_->destroy(self_);
            return {};
        case Op::collect:
            return FrameWriter().put(collect(call, frame)).bytes();
        default:
            throw std::logic_error("an unknown frame");
    }
}

pf_status ModuleSide::create(std::string_view config) {
    const Document document(config);
    return module_->create(&host_.abi, document.root(), &add, reinterpret_cast<pf_registrar*>(this),
                           &self_);
}

pf_status ModuleSide::add(pf_registrar* registrar, pf_str concern, const void* table,
                          void* self) noexcept {
    ModuleSide& side = *reinterpret_cast<ModuleSide*>(registrar);
    const Bytes answer = side.ask(FrameWriter(Op::add, 0).text(to_view(concern)));
    const auto status = static_cast<pf_status>(FrameReader(answer).get<std::int64_t>());
    if (status == PF_OK) {
        side.inventory_ = static_cast<const pf_inventory*>(table);
        side.inventory_self_ = self;
    }
    return status;
}

pf_status ModuleSide::collect(std::uint64_t number, FrameReader& frame) {
    const auto output = frame.get<std::uint32_t>();
    const Document options(frame.text());
    const std::string cluster = frame.text();
    RemoteCall call(*this, number);
    return inventory_->collect(inventory_self_, reinterpret_cast<pf_call*>(&call), output,
                               options.root(), to_str(cluster));
}

}  // namespace pf::test
