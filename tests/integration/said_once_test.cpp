// Three Prism Centrals, and something is wrong with each: one kind may not be read, nothing
// answers, one API is not there. Whoever looks is told each of these once, and everything else
// arrives.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/integration/cloudforet_site.hpp"
#include "tests/integration/program.hpp"

using namespace pf::test;
using nlohmann::json;
using pf::sim::Simulator;

namespace {

pf::sim::Config world(std::uint64_t seed) {
    pf::sim::Config config;
    config.seed = seed;
    config.vms = 60;
    return config;
}

pf::sim::Config without_networking() {
    pf::sim::Config config = world(9);
    config.v4.absent_namespaces = {"networking"};
    return config;
}

// A port that nobody listens on any more.
std::uint16_t silent_port() { return Simulator(world(8)).port(); }

struct Troubled {
    Simulator forbidding{world(7)};
    Simulator lacking{without_networking()};
    std::uint16_t silent = silent_port();

    Troubled() { forbidding.set_faults({"forbidden:path=/config/volume-groups"}); }

    json target(const char* name, std::uint16_t port, const std::string& ca) const {
        json target = json::parse(secret_for(port, ca));
        target["name"] = name;
        return target;
    }
    std::string secret() const {
        return json{{"clusters",
                     {target("forbidding", forbidding.port(), forbidding.ca_pem()),
                      target("silent", silent, forbidding.ca_pem()),
                      target("lacking", lacking.port(), lacking.ca_pem())}}}
            .dump();
    }
};

std::size_t count_of(const std::vector<std::string>& texts, const std::string& part) {
    return static_cast<std::size_t>(std::count_if(
        texts.begin(), texts.end(),
        [&part](const std::string& text) { return text.find(part) != std::string::npos; }));
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

// What arrives of two Prism Centrals of this size, one of which lacks some kinds.
void check_arrived(std::map<std::string, std::size_t> counts,
                   std::map<std::string, std::size_t> one) {
    CHECK(counts["Storage/VolumeGroup"] == one["Storage/VolumeGroup"]);
    for (const char* type : {"AHV/VirtualMachine", "Cluster/Cluster", "Storage/StorageContainer",
                             "Network/Subnet", "Management/Project"}) {
        INFO(type);
        REQUIRE(one[type] > 0);
        CHECK(counts[type] == 2 * one[type]);
    }
    for (const char* type : {"Network/Gateway", "Network/VirtualSwitch"}) {
        INFO(type);
        REQUIRE(one[type] > 0);
        CHECK(counts[type] == one[type]);
    }
}

}  // namespace

TEST_CASE("CloudForet is told once what is missing, by tasks as by one collect") {
    CloudForetSite whole(world(7));
    REQUIRE(whole.collect().report.describe() == "");
    const auto one = whole.inventory().counts();
    const Troubled troubled;
    for (const bool by_tasks : {true, false}) {
        CloudForetSite site(world(7));
        site.set_secret(troubled.secret());
        const auto collection = site.collect(json::object(), by_tasks);
        const auto& messages = collection.report.rows.failure_messages();
        std::string all;
        for (const std::string& message : messages) all += message + "\n";
        INFO((by_tasks ? "by tasks\n" : "at once\n") << all << collection.report.summary());
        CHECK(messages.size() == 2);
        CHECK(count_of(messages, std::to_string(troubled.silent)) == 1);
        CHECK(count_of(messages, "ERROR_PRISM_PERMISSION") == 1);
        CHECK(count_of(messages, "exclude_kinds") == 1);
        CHECK(site.job(collection).state == pf::cloudforet_sim::JobState::failure);
        check_arrived(site.inventory().counts(), one);
    }
}

TEST_CASE("the command line says each once, with what to do") {
    const Troubled troubled;
    const auto directory = std::filesystem::temp_directory_path() /
                           ("prismforet-said-once-" + std::to_string(troubled.lacking.port()));
    std::filesystem::create_directory(directory);
    const auto write = [&directory](const char* name, const std::string& text) {
        const auto file = directory / name;
        std::ofstream(file) << text;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        return file.string();
    };
    const std::string password = write("password", "nutanix/4u\n");
    std::string config = "modules: {dir: " + std::string(PF_MODULE_DIRECTORY) + "}\ntargets:\n";
    const auto add = [&](const std::string& name, std::uint16_t port, const std::string& ca) {
        config += "  - name: " + name + "\n    url: https://127.0.0.1:" + std::to_string(port) +
                  "\n    auth: {username: admin, password_file: " + password +
                  "}\n    tls: {ca_file: " + write((name + ".pem").c_str(), ca) + "}\n";
    };
    add("forbidding", troubled.forbidding.port(), troubled.forbidding.ca_pem());
    add("silent", troubled.silent, troubled.forbidding.ca_pem());
    add("lacking", troubled.lacking.port(), troubled.lacking.ca_pem());
    const Ended ended =
        run_program({"collect", "--config", write("prismforet.yaml", config), "-o", "ndjson"});
    std::filesystem::remove_all(directory);
    INFO(ended.err);
    CHECK(ended.exit_code != 0);
    const auto told = lines_of(ended.err);
    CHECK(count_of(told, std::to_string(troubled.silent)) == 1);
    CHECK(count_of(told, "ERROR_PRISM_PERMISSION") == 1);
    CHECK(count_of(told, "exclude_kinds") == 1);
    CHECK(count_of(told, "gateways") == 1);
    CHECK(count_of(told, "virtual_switches") == 1);
    CHECK(ended.out.find("nutanix/4u") == std::string::npos);
    CHECK(ended.err.find("nutanix/4u") == std::string::npos);
}
