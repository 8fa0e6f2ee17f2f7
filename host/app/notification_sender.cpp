#include "host/app/notification_sender.hpp"

#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "host/base/call_trace.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;

// A notification that waits: what was made of it, for a mail who gets it, and what the options
// forbid. No secret.
std::string letter_text(const Route& route, const runtime::WordedNotice& worded) {
    json letter = {{"subject", worded.subject}, {"body", worded.body}, {"html", worded.html}};
    if (!route.to.channel.mail_server.empty()) {
        letter["to"] = route.to.channel.mail_to;
    }
    if (!route.rules.allows_private) {
        letter["private_addresses"] = false;
    }
    return letter.dump();
}

std::int64_t utc_ms() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count();
}

Status unreadable(const state::Parcel& parcel) {
    return Status(Code::invalid_argument, "ERROR_OUTBOX_LETTER",
                  "parcel " + std::to_string(parcel.id) +
                      " of the outbox is not what this program writes; forget it with "
                      "`prismforet queue forget " +
                      std::to_string(parcel.id) + "`");
}

}  // namespace

Status NotificationSender::send(const Route& route, runtime::Notice notice,
                                const services::Patience& patience, const Stop& stop) {
    notice.format = route.to.format;
    auto worded = runtime::word_notice(application_.modules(), std::move(notice), stop);
    if (!worded) {
        return worded.status();
    }
    const services::OutboundMessage message{random_hex(16), std::move(worded->subject),
                                            std::move(worded->body), std::move(worded->html)};
    return services::deliver(route.to.channel, message, route.rules, patience, stop);
}

Status NotificationSender::put(const Route& route, runtime::Notice notice, state::Outbox& outbox,
                               const Stop& stop) {
    notice.format = route.to.format;
    auto worded = runtime::word_notice(application_.modules(), std::move(notice), stop);
    if (!worded) {
        return worded.status();
    }
    const std::string& name = route.to.channel.name;
    const auto taken =
        outbox.put({{random_hex(16), name, name, letter_text(route, *worded)}}, utc_ms());
    if (!taken) {
        return taken.status();
    }
    if (*taken == 0) {
        return Status(Code::resource_exhausted, "ERROR_OUTBOX_FULL",
                      "the outbox of notify.queue is full, and the notification was not taken; "
                      "`prismforet queue list` shows what waits, and why");
    }
    return Status();
}

Status NotificationSender::deliver(const state::Parcel& parcel, const Stop& stop) {
    const json letter = json::parse(parcel.letter.content, nullptr, false);
    const auto text = [&letter](const char* key) {
        const auto found = letter.find(key);
        return found != letter.end() && found->is_string() ? found->get<std::string>()
                                                           : std::string();
    };
    if (!letter.is_object()) {
        return unreadable(parcel);
    }
    for (const FormattedChannel& one : config_.channels) {
        if (one.channel.name != parcel.letter.channel) {
            continue;
        }
        services::Channel channel = one.channel;
        if (channel.mail_to.empty()) {
            channel.mail_to = text("to");
        }
        services::AddressRules rules = config_.rules;
        rules.allows_private = rules.allows_private && letter.value("private_addresses", true);
        services::Patience once;
        once.tries = 1;
        return services::deliver(channel,
                                 {parcel.letter.key, text("subject"), text("body"), text("html")},
                                 rules, once, stop);
    }
    return Status(Code::not_found, "ERROR_OUTBOX_CHANNEL",
                  "a notification waits for the channel " + parcel.letter.channel +
                      ", which notify.channels does not have any more; put it back, or forget the "
                      "notification with `prismforet queue forget`");
}

Status NotificationSender::try_format(const std::string& format, const std::string& options,
                                      const Stop& stop) {
    return runtime::word_notice(application_.modules(),
                                {runtime::NoticeLevel::info, format, "{}", options}, stop)
        .status();
}

}  // namespace pf::host::app
