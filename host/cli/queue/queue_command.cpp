#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/output.hpp"
#include "host/cli/queue/queue.hpp"
#include "host/cli/row_flags.hpp"

namespace pf::host::cli {
namespace {

struct QueueFlags {
    std::string file;
    QueueView view;
    QueueChoice choice;
};

// For what delivers meanwhile.
constexpr std::chrono::seconds outbox_wait{10};

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Result<std::unique_ptr<state::Outbox>> open_queue(Session& session, const std::string& file) {
    std::vector<std::string> configured;
    if (file.empty()) {
        auto loaded = session.load({});
        if (!loaded) {
            return loaded.status();
        }
        for (const std::string& path : {loaded->config.notify.queue, loaded->config.watch.state}) {
            if (!path.empty()) {
                configured.push_back(path);
            }
        }
    }
    const auto path = queue_file(file, configured);
    if (!path) {
        return path.status();
    }
    return state::Outbox::open(*path, {}, outbox_wait);
}

int list(Session& session, const QueueFlags& flags) {
    auto outbox = open_queue(session, flags.file);
    if (!outbox) {
        return session.fail(outbox.status());
    }
    const auto text = queue_text(**outbox, flags.view, look_of(session, ""));
    if (!text) {
        return session.fail(text.status());
    }
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    (*output)->write(*text);
    const Status written = (*output)->commit();
    return written.ok() ? static_cast<int>(exit_ok) : session.fail(written);
}

using Deed = std::function<Result<std::string>(state::Outbox& outbox, const QueueChoice& choice)>;

int decide(Session& session, const QueueFlags& flags, const Deed& deed) {
    auto outbox = open_queue(session, flags.file);
    if (!outbox) {
        return session.fail(outbox.status());
    }
    const auto done = deed(**outbox, flags.choice);
    if (!done) {
        return session.fail(done.status());
    }
    session.say(*done);
    return exit_ok;
}

void add_file(CLI::App& command, QueueFlags& flags) {
    command.add_option("--file", flags.file, "The outbox (default: notify.queue or watch.state)")
        ->type_name("PATH");
}

void add_list(CLI::App& parent, Session& session) {
    CLI::App* const command = parent.add_subcommand(
        "list", "Letters that wait for their channel, oldest first, and how many there are");
    auto flags = std::make_shared<QueueFlags>();
    add_file(*command, *flags);
    command->add_flag("--dead", flags->view.is_dead,
                      "Those that were given up instead of those that wait");
    command->add_option("--limit", flags->view.most, "At most so many letters (default: 100)")
        ->check(CLI::Range(1, 100'000).description(""))
        ->type_name("N");
    command->add_flag("--utc", flags->view.is_utc, "Times in UTC instead of local time");
    command
        ->add_option_function<std::string>(
            "-o,--output",
            [flags](const std::string& text) { flags->view.is_json = text == "json"; },
            "table or json; only json has what the letters say")
        ->check(CLI::IsMember({"table", "json"}).description(""))
        ->type_name("FORM");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return list(session, *flags); };
    });
}

void add_deed(CLI::App& parent, Session& session, const char* name, const char* help,
              const Deed& deed) {
    CLI::App* const command = parent.add_subcommand(name, help);
    auto flags = std::make_shared<QueueFlags>();
    command->add_option("ID", flags->choice.ids, "As prismforet queue list --dead shows them");
    command->add_flag("--all", flags->choice.is_all, "All that were given up");
    add_file(*command, *flags);
    command->callback([&session, flags, deed] {
        session.action = [&session, flags, deed] { return decide(session, *flags, deed); };
    });
}

}  // namespace

void add_queue(CLI::App& root, Session& session) {
    CLI::App* const command =
        root.add_subcommand("queue", "Letters that wait to be delivered, and those given up");
    command->require_subcommand(1);
    add_list(*command, session);
    add_deed(*command, session, "retry", "Try letters again that were given up",
             [](state::Outbox& outbox, const QueueChoice& choice) {
                 return retry_dead(outbox, choice, now_ms());
             });
    add_deed(*command, session, "forget", "Forget letters that were given up",
             [](state::Outbox& outbox, const QueueChoice& choice) {
                 return forget_dead(outbox, choice);
             });
}

}  // namespace pf::host::cli
