#include "tests/integration/register_scene.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace pf::test {

using namespace pf::host::cloudforet;

const Step& RegisterScene::Run::of(const std::string& kind) const {
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [&kind](const Step& step) { return step.item.kind == kind; });
    INFO(kind);
    REQUIRE(found != steps.end());
    return *found;
}

Actions RegisterScene::Run::actions() const {
    Actions actions;
    for (const Step& step : steps) ++actions[std::string(action_name(step.action))];
    return actions;
}

RegisterScene::RegisterScene() {
    admin = cloudforet_.tokens().issue({});
    owner = cloudforet_.tokens().issue({.role = "WORKSPACE_OWNER", .workspace_id = "workspace-1"});
    cloudforet_.switch_on_alerts("project-1");
    cloudforet_.add_alert_service("service-1");
    wish.roles.assign(plugin_roles().begin(), plugin_roles().end());
    wish.accounts = {{"pc1", "pc1.example.com:9440",
                      host::Secret(R"({"host": "pc1", "username": "u", "password": "p"})")}};
    wish.project_id = "project-1";
    wish.collector = "Nutanix";
    wish.hours = {0, 12};
    wish.sources.cost_model = cost_model_text;
    wish.sources.alert_service = "service-1";
}

ServiceAccess RegisterScene::access_by(const std::string& token) const {
    ServiceAccess access;
    access.identity = "grpc://" + cloudforet_.address("identity");
    access.token = host::Secret(token);
    access.pause = std::chrono::milliseconds(1);
    return access;
}

std::vector<Item> RegisterScene::items() const {
    RegistrationWish basic;
    basic.roles = wish.roles;
    basic.image_prefix = image_prefix;
    basic.registry_type = "DOCKER_HUB";
    std::vector<Item> all = basic_items(basic);
    for (Item& item : activation_items(wish)) all.push_back(std::move(item));
    all.push_back(cost_dashboard_item({reference_to(cost_source_task, "data_source_id"),
                                       "plugin-nutanix-cost-datasource", "EUR"}));
    return all;
}

RegisterScene::Run RegisterScene::run(std::vector<Item> items, bool is_dry) const {
    ServiceClient domain(access());
    ServiceClient workspace(access_by(owner));
    const Registrar registrar({.domain = access_with(domain, admin),
                               .workspace = access_with(workspace, owner),
                               .replaces = replaces});
    auto steps = registrar.examine(std::move(items));
    if (!steps) return {steps.status(), {}};
    Run run{host::Status(), std::move(*steps)};
    if (!is_dry) run.status = registrar.apply(run.steps, [](const Step&) {});
    return run;
}

}  // namespace pf::test
