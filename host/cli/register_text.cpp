#include "host/cli/register_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "host/cli/bounded_json.hpp"
#include "host/cli/output.hpp"
#include "host/cli/text.hpp"
#include "host/cli/yaml_text.hpp"
#include "host/cloudforet/registration/item_rules.hpp"

namespace pf::host::cli {
namespace {

using cloudforet::Action;
using cloudforet::Item;
using cloudforet::Step;
using Json = nlohmann::ordered_json;

Tint tint_of(Action action) {
    switch (action) {
        case Action::create:
        case Action::update:
        case Action::replace:
            return Tint::green;
        case Action::outdated:
        case Action::skipped:
            return Tint::yellow;
        case Action::conflict:
            return Tint::red;
        default:
            return Tint::none;
    }
}

// "created" once it is done.
std::string word(Action action, bool is_done) {
    const std::string name(cloudforet::action_name(action));
    const bool is_deed =
        action == Action::create || action == Action::update || action == Action::replace;
    return is_done && is_deed ? name + "d" : name;
}

std::string remark(const Step& step) {
    if (step.action == Action::outdated) {
        return "made from other metrics; --replace-dashboards makes it anew";
    }
    std::string text = step.note;
    for (const std::string& member : step.differences) {
        text += (text.empty() ? "" : ", ") + member;
    }
    return text;
}

std::string summary(const std::vector<Step>& steps, bool is_done) {
    std::string text;
    for (const Action action : {Action::create, Action::update, Action::replace, Action::unchanged,
                                Action::outdated, Action::skipped, Action::conflict}) {
        const auto count = std::count_if(steps.begin(), steps.end(), [action](const Step& step) {
            return step.action == action;
        });
        if (count > 0) {
            text +=
                (text.empty() ? "" : ", ") + std::to_string(count) + " " + word(action, is_done);
        }
    }
    return text + (is_done ? "\n" : " (planned; nothing was changed)\n");
}

Json document(const std::vector<Step>& steps, bool is_done) {
    Json list = Json::array();
    for (const Step& step : steps) {
        Json one = {{"kind", step.item.kind},
                    {"name", step.item.name},
                    {"action", cloudforet::action_name(step.action)}};
        if (!step.id.empty()) {
            one["id"] = step.id;
        }
        if (!step.differences.empty()) {
            one["differences"] = step.differences;
        }
        if (!step.note.empty()) {
            one["note"] = step.note;
        }
        one["document"] = parse_bounded(step.item.document);
        list.push_back(std::move(one));
    }
    return {{"schema", "prismforet/v1"}, {"done", is_done}, {"steps", std::move(list)}};
}

// "01-identity.Provider-nutanix.yaml"
std::string file_name(std::size_t number, const Item& item) {
    std::array<char, 8> digits{};
    std::snprintf(digits.data(), digits.size(), "%02zu-", number);
    std::string name = item.name;
    std::replace_if(
        name.begin(), name.end(),
        [](char c) {
            return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '_');
        },
        '-');
    return digits.data() + item.kind + "-" + name + ".yaml";
}

std::string heading(const Item& item) {
    const auto& rules = cloudforet::rules_of(item.kind);
    std::string text =
        "# spacectl exec " + std::string(rules.create) + " " + item.kind + " -f THIS_FILE\n";
    if (!item.secret_data.empty()) {
        text +=
            "# Its credential is in no file: spacectl exec update_secret_data " + item.kind + "\n";
    }
    if (cloudforet::has_reference(item.document)) {
        text +=
            "# tasks.yaml fills in ${{ ... }}; here put the id of what it names in its place.\n";
    }
    return text;
}

Json task(const Item& item) {
    const auto& rules = cloudforet::rules_of(item.kind);
    Json spec = {{"resource_type", item.kind},
                 {"data", parse_bounded(item.document)},
                 {"matches", rules.find_by}};
    if (rules.create != "create") {
        spec["verb"] = {{"create", rules.create}};
    }
    Json made = {{"name", item.kind + " " + item.name}};
    if (!item.task.empty()) {
        made["id"] = item.task;
    }
    made["uses"] = "@modules/resource";
    made["spec"] = std::move(spec);
    return made;
}

Status write_file(const std::filesystem::path& path, const std::string& text) {
    auto output = Output::open(path.string());
    if (!output) {
        return output.status();
    }
    (*output)->write(text);
    return (*output)->commit();
}

}  // namespace

std::string register_table(const std::vector<Step>& steps, bool is_done, const TableLook& look) {
    Table table({{"KIND"}, {"NAME"}, {"ACTION"}, {"ID"}, {"WHAT"}});
    for (const Step& step : steps) {
        table.add({{clean(step.item.kind)},
                   {clean(step.item.name)},
                   {word(step.action, is_done), tint_of(step.action)},
                   {clean(step.id)},
                   {clean(remark(step))}});
    }
    return table.text(look) + summary(steps, is_done);
}

std::string register_json(const std::vector<Step>& steps, bool is_done) {
    return document(steps, is_done).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string register_yaml(const std::vector<Step>& steps, bool is_done) {
    return yaml_text(document(steps, is_done));
}

std::string webhook_text(const std::vector<Step>& steps, std::string base) {
    while (base.ends_with('/')) {
        base.pop_back();
    }
    std::string text;
    for (const Step& step : steps) {
        if (step.address.empty()) {
            continue;
        }
        std::string address(step.address.reveal());
        const bool is_path = address.starts_with('/');
        if (is_path) {
            address = (base.empty() ? "https://REST-SERVICE-OF-CLOUDFORET" : base) + address;
        }
        text += "\n" + step.item.kind + " " + step.item.name +
                " is new. Whoever has this can raise alerts, and it is shown only now:\n"
                "  URL         " +
                address + "\n  access key  " + std::string(step.access_key.reveal()) + "\n";
        if (is_path && base.empty()) {
            text +=
                "  CloudForet tells the path only: put the address of its REST service for "
                "webhooks "
                "before it (--webhook-address).\n";
        }
        text +=
            "  Paste the URL into the REST action of a Prism playbook, or into Prism's webhook.\n";
    }
    return text;
}

Status export_items(const std::vector<Item>& items, const std::string& directory) {
    const std::filesystem::path place(directory);
    std::error_code error;
    std::filesystem::create_directories(place, error);
    if (error) {
        return {Code::failed_precondition, "ERROR_OUTPUT",
                "the directory " + directory + " cannot be made: " + error.message() +
                    "; give --export a directory that this user may write"};
    }
    Json tasks = Json::array();
    std::size_t number = 0;
    for (const Item& item : items) {
        const std::string text = heading(item) + yaml_text(parse_bounded(item.document));
        if (Status written = write_file(place / file_name(++number, item), text); !written.ok()) {
            return written;
        }
        tasks.push_back(task(item));
    }
    return write_file(place / "tasks.yaml", "# spacectl apply -f tasks.yaml\n" +
                                                yaml_text({{"tasks", std::move(tasks)}}));
}

}  // namespace pf::host::cli
