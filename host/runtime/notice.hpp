// A notification of CloudForet becomes a message for a channel: the call of the module that words
// them (concern pf.notify/1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/modules.hpp"
#include "prismforet/abi/notify.h"

namespace pf::host::runtime {

inline constexpr Duty notify_duty{PF_NOTIFY_ID, "notification", "words notifications"};

enum class NoticeLevel : std::int32_t {
    info = PF_NOTICE_INFO,
    success = PF_NOTICE_SUCCESS,
    warning = PF_NOTICE_WARNING,
    error = PF_NOTICE_ERROR,
};

struct Notice {
    NoticeLevel level = NoticeLevel::info;
    std::string format;          // "slack", "email", ...
    std::string message;         // JSON text of an object, as the sender wrote it
    std::string options = "{}";  // JSON text of an object, of the plugin
};

// What the module made of it.
struct WordedNotice {
    std::string subject;  // of a mail; empty for everything else
    std::string body;     // JSON text, or of a mail plain text
    std::string html;     // of a mail, may be empty
};

// Blocks until the module has returned. Fails as the module does: INVALID_ARGUMENT for a format it
// does not know or a message that is no object. Safe from any thread.
Result<WordedNotice> word_notice(Modules& modules, Notice notice, const Stop& stop);

}  // namespace pf::host::runtime
