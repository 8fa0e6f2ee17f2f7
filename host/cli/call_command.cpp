#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "host/app/installation.hpp"
#include "host/app/process.hpp"
#include "host/app/secret_source.hpp"
#include "host/app/units.hpp"
#include "host/cli/call_answer.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/installed_columns.hpp"
#include "host/cli/text.hpp"
#include "host/cloudforet/client/reflection_call.hpp"
#include "host/cloudforet/grpc_log.hpp"
#include "host/cloudforet/roles/inventory.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::cli {
namespace {

struct CallFlags {
    std::string address;
    std::string method;
    std::string data;
    std::string form = "json";
    std::string timeout;
    std::vector<std::string> metadata;
    bool lists = false;
};

constexpr std::size_t largest_request = 16u << 20;

// The request as JSON text: given in place, by @FILE, or - for standard input.
Result<std::string> request_text(const std::string& data) {
    if (data == "-" || data == "@-") {
        return app::read_file("-", largest_request);
    }
    if (!data.empty() && data.front() == '@') {
        return app::read_file(data.substr(1), largest_request);
    }
    return data;
}

// What stands behind KEY=@ is the path of a file, as command lines are no place for a token.
Result<cloudforet::Metadata> metadata_of(const Session& session,
                                         const std::vector<std::string>& texts) {
    cloudforet::Metadata metadata;
    std::vector<std::string> warnings;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == text.npos || equals == 0) {
            return usage_error("--metadata " + text + " has no value; --metadata token=@FILE");
        }
        std::string value = text.substr(equals + 1);
        if (value.starts_with('@')) {
            auto secret = app::read_secret(value.substr(1), warnings);
            if (!secret) {
                return secret.status();
            }
            value = secret->reveal();
            observe::register_secret(value);
        }
        metadata.emplace_back(text.substr(0, equals), std::move(value));
    }
    for (const std::string& warning : warnings) {
        session.warn(warning);
    }
    return metadata;
}

Status list_services(cloudforet::ReflectionClient& client, const std::string& only,
                     const Stop& stop, Output& output) {
    std::vector<std::string> names = {only};
    if (only.empty()) {
        auto all = client.services(stop);
        if (!all) {
            return all.status();
        }
        names = std::move(*all);
    }
    for (const std::string& name : names) {
        auto methods = client.methods(name, stop);
        if (!methods) {
            return methods.status();
        }
        for (const cloudforet::MethodDescription& method : *methods) {
            if (!only.empty()) {
                output.write(method.definition + "\n");
                continue;
            }
            output.write(clean(method.service + "/" + method.name + "  (" +
                               (method.is_client_streaming ? "stream " : "") + method.request_type +
                               ") returns (" + (method.is_server_streaming ? "stream " : "") +
                               method.response_type + ")") +
                         "\n");
        }
    }
    return output.commit();
}

// A single answer is spread over lines, a stream has one message per line.
Result<bool> is_stream(cloudforet::ReflectionClient& client, const std::string& method,
                       const Stop& stop) {
    auto described = client.describe(method, stop);
    if (!described) {
        return described.status();
    }
    return described->is_server_streaming;
}

int call_method(Session& session, const CallFlags& flags, cloudforet::ReflectionClient& client,
                const Stop& stop, Output& output) {
    auto request = request_text(flags.data);
    if (!request) {
        return session.fail(request.status());
    }
    auto metadata = metadata_of(session, flags.metadata);
    if (!metadata) {
        return session.fail(metadata.status());
    }
    const auto streams = is_stream(client, flags.method, stop);
    if (!streams) {
        return session.fail(streams.status());
    }
    const bool is_table = flags.form == "table";
    ColumnCatalogue catalogue;
    TableLook look;
    if (is_table) {
        learn_installed(catalogue, app::default_module_directory());
        look.width = output_width(STDOUT_FILENO, session.environment());
        look.has_colour = has_colour(STDOUT_FILENO, session.colour(), session.environment());
    }
    CallAnswer answer(output, catalogue, is_table, look);
    Status unreadable;
    const cloudforet::CallEnd end =
        client.call({flags.method, std::move(*request), std::move(*metadata), stop},
                    [&](const cloudforet::ReceivedMessage& message) {
                        auto text = message.json(!is_table && !*streams);
                        if (!text) {
                            unreadable = text.status();
                            return false;
                        }
                        return answer.take(*text);
                    });
    const std::string_view ledger = end.trailer(cloudforet::ledger_trailer);
    const Status written = answer.finish(ledger);
    if (output.is_reader_gone()) {
        return exit_ok;
    }
    for (const Status& failure : {unreadable, end.status, written}) {
        if (!failure.ok()) {
            return session.fail(failure);
        }
    }
    return says_complete(ledger) && !answer.has_failures() ? exit_ok : exit_partial;
}

int call(Session& session, const CallFlags& flags) {
    if (flags.method.empty() && !flags.lists) {
        return session.fail(usage_error(
            "which method? prismforet call ADDRESS SERVICE/METHOD; --list shows what there is"));
    }
    StopSource stop;
    const app::SignalWatch signals([&stop](int) {
        stop.request(Status(Code::cancelled, "ERROR_INTERRUPTED", "interrupted by a signal"));
    });
    Stop until = stop.stop();
    if (!flags.timeout.empty()) {
        auto timeout = app::parse_duration(flags.timeout);
        if (!timeout) {
            return session.fail(
                usage_error("--timeout " + flags.timeout + " " + timeout.status().message()));
        }
        until = until.until(Clock::now() + *timeout);
    }
    cloudforet::quiet_grpc();
    auto client =
        cloudforet::ReflectionClient::connect(flags.address, std::chrono::seconds(5), until);
    if (!client) {
        return session.fail(client.status());
    }
    auto output = Output::open("");
    if (!output) {
        return session.fail(output.status());
    }
    int code = exit_ok;
    if (flags.lists) {
        const Status listed = list_services(**client, flags.method, until, **output);
        code = listed.ok() ? static_cast<int>(exit_ok) : session.fail(listed);
    } else {
        code = call_method(session, flags, **client, until, **output);
    }
    return signals.received() != 0 ? exit_code_of_signal(signals.received()) : code;
}

}  // namespace

void add_call(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "call", "Call a method of a gRPC server that offers reflection, as CloudForet does");
    auto flags = std::make_shared<CallFlags>();
    command->add_option("ADDRESS", flags->address, "host:port, or grpc+ssl://host:port")
        ->required();
    command->add_option("METHOD", flags->method,
                        "SERVICE/METHOD, e.g. spaceone.core.v1.Plugin/init");
    command
        ->add_option("-d,--data", flags->data,
                     "The request: JSON text, @FILE, or - for standard input")
        ->type_name("JSON");
    command
        ->add_option("-o,--output", flags->form,
                     "json, or table for the rows of a collector and their ledger")
        ->check(CLI::IsMember({"json", "table"}).description(""))
        ->type_name("FORM");
    command->add_flag("-l,--list", flags->lists,
                      "List all methods; with a SERVICE describe those of it");
    command->add_option("--timeout", flags->timeout, "Give up after this time, e.g. 30s")
        ->type_name("DURATION");
    command
        ->add_option("--metadata", flags->metadata,
                     "Metadata of the call, token=@FILE for what a file holds; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return call(session, *flags); };
    });
}

}  // namespace pf::host::cli
