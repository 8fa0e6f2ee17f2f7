// A Prism Central without a network: the lists that a call reads come from memory, at once and on
// the calling thread.
//
// prism_stand_in.cpp defines prism::Target and prism::Pages anew. A program that links it together
// with pf_services gets these instead of the real ones, which then stay in their archive:
// everything above them is the code that ships.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/base/status.hpp"

namespace pf::fuzz {

struct PrismList {
    std::vector<std::string> pages;  // bodies; what is behind the last one is an empty list
    std::vector<std::string> again;  // those of a second reading; empty = the same
    host::Status failure;            // of every page, unless OK
    bool is_absent = false;          // this Prism does not have the API

    std::vector<std::string> given;  // bodies handed out so far
};

// Lists by the end of their path, e.g. "ahv/config/vms". Others are empty.
using PrismLists = std::map<std::string, PrismList, std::less<>>;

// From now on every target reads `lists`, which outlive their use.
void serve_prism(PrismLists& lists);

}  // namespace pf::fuzz
