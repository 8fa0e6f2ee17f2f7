// The guest's operating system, as far as the guest tools tell.
#pragma once

#include <prismforet/module.hpp>
#include <string_view>

#include "vm_facts.hpp"

namespace vm {

// Writes data.os {os_type, os_distro, details, hostname, last_boot_at}: nothing of it without
// guest tools.
void write_os(pf::Object& data, const GuestTools& tools);

// LINUX, WINDOWS, or empty.
std::string_view os_type(std::string_view version, std::string_view full_name) noexcept;

// A short lower-case word such as "ubuntu", or empty.
std::string_view os_distro(std::string_view name) noexcept;

}  // namespace vm
