// The kinds of the module: one function each, which reads all entities of its endpoint.
#pragma once

#include <cstdint>
#include <prismforet/module.hpp>
#include <string_view>

namespace vm {

// Positions in the descriptor; descriptor_test.cpp holds them against it.
enum class Output : std::uint32_t { vm, esxi_vm, image, recovery_point, template_ };

// What the host asks of a kind.
struct Order {
    std::uint32_t output;      // position in the descriptor, for Call::begin
    pf::Value options;         // the collector's
    std::string_view cluster;  // UUID to restrict to; empty = all
};

// Each describes every entity asked for, and says of each other what becomes of it. They throw
// pf::Failure when the call cannot go on.
void collect_vms(pf::Call& call, const Order& order);
void collect_esxi_vms(pf::Call& call, const Order& order);
void collect_images(pf::Call& call, const Order& order);
void collect_recovery_points(pf::Call& call, const Order& order);
void collect_templates(pf::Call& call, const Order& order);

}  // namespace vm
