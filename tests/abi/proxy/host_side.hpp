// HostSide: the proxy's end at the host. Presents a module to the host and plays frames into the
// host's real tables.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "prismforet/abi.h"
#include "tests/abi/proxy/channel.hpp"

namespace pf::test {

class HostSide {
  public:
    explicit HostSide(Wire& wire);
    ~HostSide();
    HostSide(const HostSide&) = delete;
    HostSide& operator=(const HostSide&) = delete;

    const pf_module* module() const noexcept { return &module_; }

  private:
    // A listing, and the items of its current page.
    struct List {
        pf_list* handle = nullptr;
        std::vector<pf_val> items;
    };
    struct Call {
        pf_call* handle = nullptr;
        std::vector<List> lists;
        std::vector<const pf_table*> tables;
        pf_val fetched{0, 0};
    };

    static pf_status create(const pf_host* host, pf_val config, pf_add_fn add,
                            pf_registrar* registrar, void** self) noexcept;
    static void destroy(void* self) noexcept;
    static pf_status collect(void* self, pf_call* call, std::uint32_t output, pf_val options,
                             pf_str cluster) noexcept;

    Bytes serve(FrameReader frame);
    Bytes serve_host(Op op, pf_call* call, FrameReader& frame);
    Bytes serve_reads(Op op, Call& call, FrameReader& frame);
    Bytes serve_outcomes(Op op, Call& call, FrameReader& frame);
    Bytes page(pf_status status, const pf_page& page);
    pf_val entity(Call& call, FrameReader& frame);
    pf_status play(Call& call, FrameReader& frame);

    Wire& wire_;
    std::string descriptor_;
    pf_module module_;
    const pf_host* host_ = nullptr;
    pf_add_fn add_ = nullptr;  // while create runs
    pf_registrar* registrar_ = nullptr;
    std::mutex mutex_;  // guards what follows; a Call is used by its own thread only
    std::map<std::uint64_t, Call> calls_;
    std::uint64_t last_call_ = 0;
};

}  // namespace pf::test
