// Messages as CloudForet's services write them, and the formats that all tests go through.
#pragma once

#include <string>
#include <string_view>

#include <prismforet/testing.hpp>
#include <prismforet/testing/notify_host.hpp>

namespace notification_test {

inline constexpr std::string_view formats[] = {"webhook", "slack", "teams", "email"};

// A file of testdata.
inline std::string path_of(const std::string& name) {
    return PF_MODULE_SOURCE_DIRECTORY "/testdata/" + name;
}

// All a message can have.
inline const std::string full = pf::testing::read_file(path_of("full.json"));
// What somebody sends to do harm.
inline const std::string hostile = pf::testing::read_file(path_of("hostile.json"));

inline pf::testing::NotifyHost& host() {
    static pf::testing::NotifyHost one(pf_module_entry_v0());
    return one;
}

// Words `message` and gives what was sent; throws std::runtime_error when nothing was.
template <class Message>
pf::testing::OutboundRecord sent(std::string_view format, const Message& message,
                                 std::int32_t level = PF_NOTICE_ERROR) {
    const pf::testing::NotifyRun run = host().format(format, level, message);
    if (run.status != PF_OK || run.sent.size() != 1) {
        throw std::runtime_error(std::string(format) + ": " + std::to_string(run.status) + ", " +
                                 run.why);
    }
    return run.sent[0];
}

// What the formats that are JSON make of it, parsed.
template <class Message>
pf::testing::Json posted(std::string_view format, const Message& message,
                         std::int32_t level = PF_NOTICE_ERROR) {
    return pf::testing::Json::parse(sent(format, message, level).body);
}

}  // namespace notification_test
