// EndpointAnswer: how one list of Prism answers when its first page is asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/services/descriptor.hpp"

namespace pf::host::doctor {

struct Examination;

struct EndpointAnswer {
    std::string name;                // of the endpoint, unique in its module
    std::string resource;            // "ahv/config/vms", or v3's "vms/list"
    std::string api_namespace;       // "vmm"; empty when the endpoint has no v4 form
    std::string role;                // that may read it
    std::vector<std::string> kinds;  // made of its items; empty: names are looked up there
    const services::Endpoint* endpoint = nullptr;

    std::string version;          // "v4.3", "v3"; empty when none answered
    Status failure;               // OK when the page came
    std::uint64_t asked = 0;      // items per page asked for; 0: the server's default
    std::uint64_t items = 0;      // that came
    std::int64_t total = -1;      // the server's own count; -1: it gave none
    bool is_order_asked = false;  // at the end: the server may have refused it before
    bool is_order_refused = false;
    bool is_sorted = true;  // ids came in ascending order
};

// Asks for the first page of `about.endpoint` and fills in the answer. `page_size` 0 asks for the
// largest page of the API.
void ask_first_page(Examination& examination, EndpointAnswer& about, std::uint32_t page_size);

// The items of a page when no size is asked for; -1 when that is not known. `about` has answered.
std::int64_t ask_default_size(Examination& examination, const EndpointAnswer& about);

// Every list that the modules read, each once, those that rows are made of first. Nothing is asked.
std::vector<EndpointAnswer> lists_of(
    const std::vector<std::shared_ptr<const services::Descriptor>>& modules);

}  // namespace pf::host::doctor
