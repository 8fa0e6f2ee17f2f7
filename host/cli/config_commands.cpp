#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/app/config_schema.hpp"
#include "host/app/secret_source.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/table.hpp"
#include "host/cli/text.hpp"
#include "host/cost/model/cost_model.hpp"
#include "host/doctor/report_json.hpp"
#include "host/loader/descriptor.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::cli {
namespace {

using nlohmann::json;

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

// What may be shown of a value: a secret only where it says where it comes from.
json shown(const std::string& path, const json& value) {
    // A proxy is shown unless it has a password in it.
    const bool is_secret = app::is_secret_key(path) ||
                           (path.ends_with(".proxy") && value.is_string() &&
                            value.get_ref<const std::string&>().find('@') != std::string::npos);
    if (is_secret && value.is_string() &&
        !app::holds_reference(value.get_ref<const std::string&>())) {
        return "***";
    }
    return value;
}

int show_config(Session& session, bool with_origin, bool is_json) {
    auto loaded = session.load({});
    if (!loaded) {
        return session.fail(loaded.status());
    }
    const auto leaves = loaded->layers->leaves();
    if (is_json) {
        json items = json::array();
        for (const auto& [path, value] : leaves) {
            items.push_back({{"key", path},
                             {"value", shown(path, value)},
                             {"origin", loaded->layers->origin(path).text()}});
        }
        const json all = {{"schema", "prismforet/v1"}, {"items", items}};
        print(all.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
        return exit_ok;
    }
    std::vector<TableColumn> columns = {{"KEY"}, {"VALUE"}};
    if (with_origin) {
        columns.push_back({"ORIGIN"});
    }
    Table table(columns);
    for (const auto& [path, value] : leaves) {
        const json text = shown(path, value);
        table.add({{clean(path)},
                   {clean(text.is_string() ? text.get<std::string>() : text.dump())},
                   {clean(loaded->layers->origin(path).text())}});
    }
    print(table.text({}));
    return exit_ok;
}

int print_schema(const std::string& what) {
    if (what == "config") {
        print(app::config_schema_text() + "\n");
        return exit_ok;
    }
    if (what == "cost-model") {
        print(cost::cost_model_schema_text() + "\n");
        return exit_ok;
    }
    const std::string text = what == "module"   ? loader::descriptor_schema()
                             : what == "doctor" ? doctor::report_schema()
                                                : runtime::options_schema();
    const auto parsed = nlohmann::ordered_json::parse(text, nullptr, false);
    print((parsed.is_discarded() ? text : parsed.dump(2)) + "\n");
    return exit_ok;
}

}  // namespace

void add_config(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand("config", "The configuration in force");
    command->require_subcommand(1);
    CLI::App* const show = command->add_subcommand("show", "Every value; secrets are not shown");
    struct Flags {
        bool with_origin = false;
        bool is_json = false;
    };
    auto flags = std::make_shared<Flags>();
    show->add_flag("--origin", flags->with_origin, "Say where each value comes from");
    show->add_flag("--json", flags->is_json, "As JSON, with origins");
    show->callback([&session, flags] {
        session.action = [&session, flags] {
            return show_config(session, flags->with_origin, flags->is_json);
        };
    });
}

void add_schema(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand("schema", "Print a JSON Schema");
    auto what = std::make_shared<std::string>("config");
    command
        ->add_option(
            "WHAT", *what,
            "config (the file), cost-model, module (a descriptor), options (of a collector) "
            "or doctor (what doctor --json prints)")
        ->check(
            CLI::IsMember({"config", "cost-model", "module", "options", "doctor"}).description(""));
    command->callback(
        [&session, what] { session.action = [what] { return print_schema(*what); }; });
}

}  // namespace pf::host::cli
