#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/app/application.hpp"
#include "host/app/config_references.hpp"
#include "host/cli/columns.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/table.hpp"
#include "host/cli/text.hpp"
#include "host/loader/loader.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

// A module is in service only when its create succeeds, too.
void try_instance(loader::LoadedModule& module) {
    if (const auto instance = app::start_module(module); !instance) {
        module.refusal = instance.status();
    }
}

std::string kinds_of(const services::Descriptor& descriptor) {
    std::string kinds;
    for (const services::Output& output : descriptor.outputs) {
        kinds += (kinds.empty() ? "" : ",") + output.kind;
    }
    return kinds;
}

Json module_json(const loader::LoadedModule& module) {
    Json json = {{"name", module.name},
                 {"path", module.path},
                 {"sha256", module.sha256},
                 {"state", module.refusal.ok() ? "ready" : "refused"}};
    if (!module.refusal.ok()) {
        json["code"] = module.refusal.reason();
        json["reason"] = module.refusal.message();
    }
    if (!module.descriptor.name.empty()) {
        json["version"] = module.descriptor.version;
        json["stability"] = module.descriptor.stability;
        json["summary"] = module.descriptor.summary;
        json["kinds"] = Json::array();
        for (const services::Output& output : module.descriptor.outputs) {
            json["kinds"].push_back(output.kind);
        }
    }
    return json;
}

std::string dumped(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

int list(Session& session, bool is_json) {
    auto loaded = session.load({});
    if (!loaded) {
        return session.fail(loaded.status());
    }
    auto modules = loader::load_modules(app::loader_config(loaded->config.modules));
    for (loader::LoadedModule& module : modules) {
        try_instance(module);
    }
    Table table({{"NAME"}, {"VERSION"}, {"STABILITY"}, {"KINDS"}, {"STATE"}, {"FILE"}});
    Json items = Json::array();
    int code = exit_ok;
    for (const loader::LoadedModule& module : modules) {
        items.push_back(module_json(module));
        const bool is_ready = module.refusal.ok();
        table.add({{clean(module.name)},
                   {clean(module.descriptor.version)},
                   {clean(module.descriptor.stability)},
                   {clean(kinds_of(module.descriptor))},
                   {is_ready ? "ready" : "refused", is_ready ? Tint::green : Tint::red},
                   {clean(module.path)}});
        if (!is_ready) {
            code = session.fail(module.refusal);
        }
    }
    if (is_json) {
        print(dumped({{"schema", "prismforet/v1"},
                      {"items", items},
                      {"summary", {{"items", modules.size()}, {"complete", code == exit_ok}}}}));
    } else if (modules.empty()) {
        session.say("no modules in " + app::module_directories(loaded->config.modules)[0].string());
    } else {
        TableLook look;
        look.width = output_width(STDOUT_FILENO, session.environment());
        look.has_colour = has_colour(STDOUT_FILENO, session.colour(), session.environment());
        print(table.text(look));
    }
    return code;
}

std::string endpoint_text(const services::Endpoint& endpoint) {
    std::string text = endpoint.name;
    if (endpoint.v4) {
        text += "  v4 " + endpoint.v4->api_namespace + "/" + endpoint.v4->path;
    }
    if (endpoint.v3) {
        text += "  v3 " + endpoint.v3->path;
    }
    return text + (endpoint.role.empty() ? "" : "  (" + endpoint.role + ")");
}

std::string details(const loader::LoadedModule& module) {
    const services::Descriptor& known = module.descriptor;
    std::string text;
    const auto line = [&text](const char* name, const std::string& value) {
        text += pad(name, 12) + clean(value) + "\n";
    };
    line("name", module.name);
    line("version", known.version + " (" + known.stability + ")");
    line("summary", known.summary);
    line("file", module.path);
    line("sha256", module.sha256);
    line("state", module.refusal.ok() ? "ready" : "refused: " + module.refusal.text());
    for (const std::string& concern : known.concerns) {
        line("concern", concern);
    }
    for (const services::Endpoint& endpoint : known.endpoints) {
        line("reads", endpoint_text(endpoint));
    }
    for (const services::Output& output : known.outputs) {
        line("kind",
             output.kind + "  " + output.title + "  (" + output.group + "/" + output.type + ")");
        std::string titles;
        for (const Field& column : columns_of(output.view_metadata)) {
            titles += (titles.empty() ? "" : ", ") + column.title;
        }
        line("  columns", titles);
    }
    return text;
}

int inspect(Session& session, const std::string& name, bool is_json) {
    auto loaded = session.load({});
    if (!loaded) {
        return session.fail(loaded.status());
    }
    loader::LoadedModule module;
    if (name.find('/') != name.npos || name.ends_with(".so")) {
        const std::filesystem::path library(name);
        module = loader::load_module({library.stem().string(), library, ""},
                                     loaded->config.modules.state_dir);
    } else {
        loader::LoaderConfig wanted = app::loader_config(loaded->config.modules);
        wanted.enable = {name};
        auto modules = loader::load_modules(wanted);
        if (modules.empty()) {
            return session.fail(usage_error("there is no module " + name));
        }
        module = std::move(modules.front());
    }
    try_instance(module);
    if (module.descriptor.name.empty()) {
        return session.fail(module.refusal);
    }
    if (is_json) {
        Json json = {{"schema", "prismforet/v1"}, {"module", module_json(module)}};
        json["descriptor"] = Json::parse(module.descriptor.text, nullptr, false);
        print(dumped(json));
    } else {
        print(details(module));
    }
    return module.refusal.ok() ? static_cast<int>(exit_ok) : session.fail(module.refusal);
}

void add_form(CLI::App& command, bool& is_json) {
    command
        .add_option_function<std::string>(
            "-o,--output", [&is_json](const std::string& text) { is_json = text == "json"; },
            "table or json")
        ->check(CLI::IsMember({"table", "json"}).description(""))
        ->type_name("FORM");
}

}  // namespace

void add_modules(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand("modules", "What this installation can collect");
    command->require_subcommand(1);
    struct Flags {
        bool is_json = false;
        std::string name;
    };
    auto flags = std::make_shared<Flags>();
    CLI::App* const all =
        command->add_subcommand("list", "Every module: loaded and checked, or why not");
    add_form(*all, flags->is_json);
    all->callback([&session, flags] {
        session.action = [&session, flags] { return list(session, flags->is_json); };
    });
    CLI::App* const one =
        command->add_subcommand("inspect", "One module: what it reads and what it makes");
    one->add_option("NAME", flags->name, "Name of an installed module, or path of a library")
        ->required();
    add_form(*one, flags->is_json);
    one->callback([&session, flags] {
        session.action = [&session, flags] {
            return inspect(session, flags->name, flags->is_json);
        };
    });
}

}  // namespace pf::host::cli
