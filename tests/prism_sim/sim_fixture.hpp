#pragma once
// Asks a Simulation without a network, as an authenticated client, and reads the JSON.

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tests/prism_sim/simulation.hpp"

namespace pf::sim {

struct SimFixture {
    explicit SimFixture(const Config& config = {}) : simulation(config) {}

    /// The answer to a request with the default account's credential.
    const Response& ask(std::string_view target, std::string method = "GET",
                        std::string body = {}) {
        Request request;
        request.method = std::move(method);
        request.authorization = "Basic YWRtaW46bnV0YW5peC80dQ==";  // admin:nutanix/4u
        request.body = std::move(body);
        return ask_as(std::move(request), target);
    }
    const Response& ask_as(Request request, std::string_view target) {
        set_target(request, target);
        simulation.answer(request, response);
        return response;
    }
    nlohmann::json json(std::string_view target, std::string method = "GET",
                        std::string body = {}) {
        return nlohmann::json::parse(ask(target, std::move(method), std::move(body)).body.view());
    }
    /// Every entry of a list, page by page.
    nlohmann::json all(const std::string& path, const std::string& parameters = {}) {
        nlohmann::json entries = nlohmann::json::array();
        for (int page = 0;; ++page) {
            const auto answer =
                json(path + "?$page=" + std::to_string(page) + "&$limit=100" + parameters);
            REQUIRE(response.status == 200);
            if (!answer.contains("data") || answer["data"].empty()) return entries;
            for (const auto& entry : answer["data"]) entries.push_back(entry);
        }
    }
    /// The answer to a v3 POST below /api/nutanix/v3/.
    nlohmann::json post(const std::string& path, const nlohmann::json& body) {
        return json("/api/nutanix/v3/" + path, "POST", body.dump());
    }
    /// Every entity of a v3 list, `length` at a time until as many came as match.
    nlohmann::json all_v3(const std::string& plural, nlohmann::json body = nlohmann::json::object(),
                          std::uint64_t length = 500) {
        nlohmann::json entities = nlohmann::json::array();
        for (;;) {
            body["offset"] = entities.size();
            body["length"] = length;
            const auto answer = post(plural + "/list", body);
            REQUIRE(response.status == 200);
            for (const auto& entity : answer["entities"]) entities.push_back(entity);
            if (entities.size() >= answer["metadata"]["total_matches"]) return entities;
            REQUIRE_FALSE(answer["entities"].empty());
        }
    }
    [[nodiscard]] std::string header(std::string_view name) const {
        for (const auto& [key, value] : response.headers)
            if (key == name) return value;
        return {};
    }

    Simulation simulation;
    Response response;
};

inline constexpr char kVms[] = "/api/vmm/v4.3/ahv/config/vms";
inline constexpr char kClusters[] = "/api/clustermgmt/v4.3/config/clusters";
inline constexpr char kHosts[] = "/api/clustermgmt/v4.3/config/hosts";
inline constexpr char kDisks[] = "/api/clustermgmt/v4.3/config/disks";
inline constexpr char kContainers[] = "/api/clustermgmt/v4.3/config/storage-containers";
inline constexpr char kSubnets[] = "/api/networking/v4.4/config/subnets";
inline constexpr char kVpcs[] = "/api/networking/v4.4/config/vpcs";
inline constexpr char kFloatingIps[] = "/api/networking/v4.4/config/floating-ips";
inline constexpr char kVirtualSwitches[] = "/api/networking/v4.4/config/virtual-switches";
inline constexpr char kGateways[] = "/api/networking/v4.4/config/gateways";
inline constexpr char kPolicies[] = "/api/microseg/v4.2/config/policies";
inline constexpr char kCategories[] = "/api/prism/v4.4/config/categories";
inline constexpr char kDomainManagers[] = "/api/prism/v4.4/config/domain-managers";
inline constexpr char kImages[] = "/api/vmm/v4.3/content/images";
inline constexpr char kEsxiVms[] = "/api/vmm/v4.3/esxi/config/vms";
inline constexpr char kTemplates[] = "/api/vmm/v4.3/content/templates";
inline constexpr char kRecoveryPoints[] = "/api/dataprotection/v4.4/config/recovery-points";
inline constexpr char kProjects[] = "/api/multidomain/v4.4.b1/config/projects";

}  // namespace pf::sim
