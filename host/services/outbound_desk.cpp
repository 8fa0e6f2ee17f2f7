#include "host/services/outbound_desk.hpp"

#include <algorithm>
#include <string>

#include "host/services/at_desk.hpp"
#include "host/services/json_path.hpp"
#include "host/services/text.hpp"

namespace pf::host::services {
namespace {

Status broken(const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_OUTBOUND_MESSAGE",
                  "the module that words notifications gave a message that nobody could send: " +
                      what + "; report it to the module's author");
}

bool is_text(pf_str text) {
    return (text.ptr != nullptr || text.len == 0) && is_valid_utf8(to_view(text));
}

bool has_control(std::string_view line) {
    return std::any_of(line.begin(), line.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
    });
}

const pf_outbound table{sizeof(pf_outbound),
                        [](pf_call* call, const pf_outbound_message* message) noexcept {
                            if (message == nullptr) {
                                return PF_INVALID_ARGUMENT;
                            }
                            return at_desk<OutboundDesk>(call, [message](OutboundDesk& desk) {
                                Status checked = check_outbound(*message);
                                return checked.ok() ? desk.send(*message) : checked;
                            });
                        }};

}  // namespace

Status check_outbound(const pf_outbound_message& message) {
    if (message.struct_size < offsetof(pf_outbound_message, html) + sizeof(message.html)) {
        return broken("its struct is shorter than that of this version");
    }
    if (message.flags != 0) {
        return broken("it has flags that this version does not know");
    }
    if (message.subject.len > largest_outbound || message.body.len > largest_outbound ||
        message.html.len > largest_outbound ||
        message.subject.len + message.body.len + message.html.len > largest_outbound) {
        return broken("it has more than 1 MiB");
    }
    if (!is_text(message.subject) || !is_text(message.body) || !is_text(message.html)) {
        return broken("a text is no UTF-8, or at a null pointer");
    }
    if (message.body.len == 0) {
        return broken("its body is empty");
    }
    if (has_control(to_view(message.subject))) {
        return broken("its subject is more than one line");
    }
    return Status();
}

const pf_outbound& outbound_table() noexcept { return table; }

}  // namespace pf::host::services
