// RowEncoder: one ResourceInfo after the other, in the form the receiver wants.
//
// What all rows of a kind have in common (state, resource type, match rules, provider, group,
// type, account, metadata) is encoded once; per row only what differs is written. Field numbers
// of ResourceInfo: state 1, message 2, resource_type 3, match_rules 4, resource 6
// (spaceone.api.inventory.plugin).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/encoding/json_text.hpp"
#include "host/encoding/row_format.hpp"
#include "host/encoding/struct_wire.hpp"

namespace pf::host::encoding {

enum class RowState : std::uint8_t { success = 4, failure = 5 };

struct RowShape {
    RowState state = RowState::success;
    std::string message;                  // of FAILURE rows
    std::string resource_type;            // "inventory.CloudService"
    std::vector<std::string> match_keys;  // rule "1"; empty = no match_rules
    // Text members every resource has, in this order.
    std::vector<std::pair<std::string, std::string>> constants;
    // JSON text of an object; goes out as json_metadata or metadata. Empty = none.
    std::string metadata;
};

class RowEncoder {
  public:
    // `out` outlives this object.
    RowEncoder(RowFormat format, const RowShape& shape, Buffer& out);

    // Starts a row. top() is inside the resource object until end().
    void begin();
    Tokens& top() noexcept { return *top_; }
    // `tokens`, which top() or begin_data() returned, as what it is when it is JSON text; else
    // null.
    JsonText* json_of(const Tokens& tokens) noexcept {
        return &tokens == &json_ ? &json_ : nullptr;
    }
    // Starts the member that carries `data`; its value, one object, goes to the returned tokens.
    Tokens& begin_data();
    // After the object was closed.
    void end_data();
    void end();
    // Forgets a half-written row; the caller truncates the buffer.
    void abandon() noexcept;

  private:
    RowFormat format_;
    Buffer& out_;
    JsonText json_;
    StructWire wire_;
    Tokens* top_;
    std::string prefix_;     // of the row, up to the resource
    std::string constants_;  // first members of the resource, encoded
};

// Sends the JSON text of an object or array to `out` as tokens. The text comes from our own
// modules and descriptors and was checked when it was read; false when it is no JSON.
bool replay_json(std::string_view json, Tokens& out);

}  // namespace pf::host::encoding
