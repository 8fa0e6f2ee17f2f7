// ModuleSide: the proxy's end at the module. Presents a host to the module and turns every service
// call into a frame.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "prismforet/abi.h"
#include "prismforet/testing/document.hpp"
#include "tests/abi/proxy/channel.hpp"

namespace pf::test {

class ModuleSide;

// A listing and its current page, read on this side.
struct RemoteList {
    std::uint32_t number = 0;
    std::unique_ptr<testing::Document> root;
    std::unique_ptr<testing::Document> apart;  // when the items are no part of the root
    const testing::Json* items = nullptr;
    pf_val items_value{0, 0};
};

// One running handler. What the module holds as pf_call*.
struct RemoteCall {
    struct Table {
        RemoteCall* call = nullptr;
        std::uint32_t number = 0;
        // Answers already had; a node stays where it is, so its text lives as long as the call.
        mutable std::mutex mutex;
        mutable std::map<std::pair<std::string, std::uint32_t>, std::pair<bool, std::string>> rows;
    };

    RemoteCall(ModuleSide& the_side, std::uint64_t the_number);

    // A frame that names this call.
    FrameWriter frame(Op op) const { return FrameWriter(op, number); }
    // Which item of which current page `value` is.
    void put_entity(FrameWriter& out, pf_val value) const;
    // Takes over a page from an answer; its status.
    pf_status take_page(const Bytes& answer, RemoteList& into, pf_page& out) const;

    ModuleSide& side;
    std::uint64_t number;
    std::vector<std::unique_ptr<RemoteList>> lists;
    std::vector<std::unique_ptr<Table>> tables;
    RemoteList fetched;
    FrameWriter tape;
    std::string central;  // the Prism Central's UUID, once asked for
};

class ModuleSide {
  public:
    // `module` lives as long as this object.
    ModuleSide(Wire& wire, const pf_module* module);

    // Sends a frame to the host's side.
    Bytes ask(const FrameWriter& frame) { return wire_.to_host.ask(frame); }

  private:
    Bytes serve(FrameReader frame);
    pf_status create(std::string_view config);
    pf_status collect(std::uint64_t number, FrameReader& frame);
    static pf_status add(pf_registrar* registrar, pf_str concern, const void* table,
                         void* self) noexcept;

    Wire& wire_;
    const pf_module* module_;
    void* self_ = nullptr;
    const pf_inventory* inventory_ = nullptr;
    void* inventory_self_ = nullptr;

  public:
    // pf_host, with the way back to this object behind it.
    struct Host {
        pf_host abi;
        ModuleSide* side;
    };

  private:
    Host host_;
};

// The tables the module gets, filled by remote_tables.cpp.
pf_host remote_host();

}  // namespace pf::test
