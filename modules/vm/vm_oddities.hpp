// What is odd about a machine and goes out all the same: notes of the run.
#pragma once

#include <prismforet/module.hpp>
#include <string>
#include <string_view>

#include "vm_facts.hpp"

namespace vm {

// `text` is memory that is used again from machine to machine.
void note_oddities(pf::Call& call, const Facts& facts, std::string_view id, std::string& text);

}  // namespace vm
