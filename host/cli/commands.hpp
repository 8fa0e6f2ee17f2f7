// The commands. Each function adds one to the tree of the command line; the command's callback
// sets Session::action.
#pragma once

#include "host/cli/session.hpp"

namespace CLI {
class App;
}

namespace pf::host::cli {

// serve: a plugin server until a signal.
void add_serve(CLI::App& root, Session& session);
// collect: rows of this machine's targets, in this process.
void add_collect(CLI::App& root, Session& session);
// get: the resources of one kind.
void add_get(CLI::App& root, Session& session);
// describe: everything about single resources.
void add_describe(CLI::App& root, Session& session);
// render: resources as the console draws them, on the terminal or as a page.
void add_render(CLI::App& root, Session& session);
// overview: how much there is of everything.
void add_overview(CLI::App& root, Session& session);
// diff: what two collections say differently.
void add_diff(CLI::App& root, Session& session);
// cost report, explain, idle, model check, test: what resources cost, and why.
void add_cost(CLI::App& root, Session& session);
// metrics: what was measured of resources.
void add_metrics(CLI::App& root, Session& session);
// alerts: the alerts of Prism Central, as they are or as they come and go.
void add_alerts(CLI::App& root, Session& session);
// events: what happened, and who did what.
void add_events(CLI::App& root, Session& session);
// notify test: sends a test notification.
void add_notify(CLI::App& root, Session& session);
// queue list, retry, forget: letters that wait to be delivered, and those given up.
void add_queue(CLI::App& root, Session& session);
// watch: tells CloudForet of changes and alerts.
void add_watch(CLI::App& root, Session& session);
// doctor: examines targets and this installation.
void add_doctor(CLI::App& root, Session& session);
// record: what a Prism Central is asked and says, into a file; or what such a file holds.
void add_record(CLI::App& root, Session& session);
// modules list, modules inspect: what this installation can collect.
void add_modules(CLI::App& root, Session& session);
// call: any method of any gRPC server with reflection.
void add_call(CLI::App& root, Session& session);
// register: makes this plugin known to CloudForet.
void add_register(CLI::App& root, Session& session);
// secret create: puts a credential into CloudForet's secret service.
void add_secret(CLI::App& root, Session& session);
// config show: the values in force and where they come from.
void add_config(CLI::App& root, Session& session);
// validate: checks a configuration.
void add_validate(CLI::App& root, Session& session);
// schema: JSON Schemas of what is read and written.
void add_schema(CLI::App& root, Session& session);
// explain: what an error code means and what to do.
void add_explain(CLI::App& root, Session& session);
// man: the manual page, made from the tree itself.
void add_man(CLI::App& root, Session& session);
// version: of the program and what it is built with.
void add_version(CLI::App& root, Session& session);

// "prismforet 0.9.0 (module ABI 0.9)"
std::string app_version_line();

// The whole tree.
void add_all(CLI::App& root, Session& session);

}  // namespace pf::host::cli
