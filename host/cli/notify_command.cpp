#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/app/notification_sender.hpp"
#include "host/app/process.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/run_setup.hpp"
#include "host/document/nearest.hpp"

namespace pf::host::cli {
namespace {

struct NotifyFlags {
    std::string channel;
    std::string level = "info";
    std::string title = "Test notification";
    std::string text = "This is a test of prismforet. Nothing happened, and nothing is to be done.";
};

runtime::NoticeLevel level_of(const std::string& word) {
    return word == "error"     ? runtime::NoticeLevel::error
           : word == "warning" ? runtime::NoticeLevel::warning
           : word == "success" ? runtime::NoticeLevel::success
                               : runtime::NoticeLevel::info;
}

const app::FormattedChannel* find_channel(const app::NotifyConfig& config,
                                          const std::string& name) {
    const auto at =
        std::find_if(config.channels.begin(), config.channels.end(),
                     [&](const app::FormattedChannel& one) { return one.channel.name == name; });
    return at == config.channels.end() ? nullptr : &*at;
}

Status no_channel(const app::NotifyConfig& config, const std::string& name) {
    std::vector<std::string> names;
    for (const app::FormattedChannel& one : config.channels) {
        names.push_back(one.channel.name);
    }
    if (names.empty()) {
        return usage_error(
            "the configuration has no channels; write one under notify.channels "
            "(docs/notifications.md)");
    }
    return usage_error("notify.channels has no channel " + name +
                       document::suggestion(name, names) +
                       "; there are: " + document::enumerate(names, 10));
}

int test(Session& session, const NotifyFlags& flags) {
    app::protect_memory();
    auto loaded = session.load({});
    if (!loaded) {
        return session.fail(loaded.status());
    }
    const app::NotifyConfig& config = loaded->config.notify;
    const app::FormattedChannel* const channel = find_channel(config, flags.channel);
    if (channel == nullptr) {
        return session.fail(no_channel(config, flags.channel));
    }
    if (channel->format == "email" && channel->channel.mail_to.empty()) {
        return session.fail(usage_error("the channel " + flags.channel +
                                        " has no recipients of its own; give it `to` for a test"));
    }
    app::Application application(loaded->config);
    app::NotificationSender sender(application, config);
    const nlohmann::json message = {{"title", flags.title}, {"description", flags.text}};
    const SignalStop signals;
    const Status sent =
        sender.send({*channel, config.rules, true},
                    {level_of(flags.level), {}, message.dump(), "{}"}, {}, signals.stop());
    if (signals.received() != 0) {
        return exit_code_of_signal(signals.received());
    }
    if (!sent.ok()) {
        return session.fail(sent.within("channel " + flags.channel));
    }
    session.say("channel " + flags.channel + ": delivered");
    return exit_ok;
}

}  // namespace

void add_notify(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand("notify", "Send notifications to people");
    command->require_subcommand(1);
    CLI::App* const one = command->add_subcommand(
        "test", "Send a test notification to a channel of the configuration");
    auto flags = std::make_shared<NotifyFlags>();
    one->add_option("CHANNEL", flags->channel, "A name under notify.channels")->required();
    one->add_option("--level", flags->level, "How bad it says it is")
        ->check(CLI::IsMember({"info", "success", "warning", "error"}))
        ->capture_default_str();
    one->add_option("--title", flags->title, "Its title")->capture_default_str();
    one->add_option("--text", flags->text, "What it says")->capture_default_str();
    one->callback([&session, flags] {
        session.action = [&session, flags] { return test(session, *flags); };
    });
}

}  // namespace pf::host::cli
