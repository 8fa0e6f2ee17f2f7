#include "host/app/cost_source.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace pf::host;
using namespace pf::host::app;

namespace {

class ModelFile {
  public:
    explicit ModelFile(const std::string& text) {
        std::string made = (std::filesystem::temp_directory_path() / "cost-XXXXXX").string();
        const int fd = ::mkstemp(made.data());
        REQUIRE(fd >= 0);
        ::close(fd);
        path = made;
        std::ofstream(path) << text;
    }
    ~ModelFile() { std::filesystem::remove(path); }
    ModelFile(const ModelFile&) = delete;
    ModelFile& operator=(const ModelFile&) = delete;
    std::string path;
};

std::string name_of(const Result<cost::CostModel>& model) {
    return model ? model->name : "! " + model.status().text();
}

}  // namespace

TEST_CASE("options come before the configuration") {
    const ModelFile file("name: of the file\ncurrency: EUR\nrate_card: {vcpu_hour: 1}\n");
    Config config;
    config.cost.model = file.path;
    CHECK(name_of(load_cost_model(config, "{}")) == "of the file");
    CHECK(name_of(load_cost_model(config, "")) == "of the file");
    CHECK(name_of(load_cost_model(config, R"({"cost_model": null})")) == "of the file");
    CHECK(name_of(load_cost_model(config, R"({"cost_model": {"name": "an object", "currency": "EUR",
                                         "rate_card": {"vcpu_hour": 0.05}}})")) == "an object");
    CHECK(name_of(load_cost_model(
              config,
              R"({"cost_model": "name: a text\ncurrency: EUR\nrate_card: {vcpu_hour: 0.05}"})")) ==
          "a text");
}

TEST_CASE("numbers of options, which are doubles, keep what was meant") {
    const auto model = load_cost_model(
        {}, R"({"cost_model": {"currency": "EUR", "rate_card": {"vcpu_hour": 0.00001,
                "memory_gib_hour": 0.07, "storage_gib_month": 2}}})");
    INFO(name_of(model));
    REQUIRE(model);
    const auto card = nlohmann::json::parse(model->json)["rate_cards"][0];
    CHECK(card["vcpu_hour"] == "0.00001");
    CHECK(card["memory_gib_hour"] == "0.07");
    CHECK(card["storage_gib_month"][0]["price"] == "2");
}

TEST_CASE("what is wrong names where the model came from") {
    const ModelFile file("currency: EUR\nrate_card:\n  vcpu_hour: -1\n");
    Config config;
    config.cost.model = file.path;
    CHECK_THAT(load_cost_model(config, "{}").status().message(),
               Catch::StartsWith(file.path + ":3: rate_card.vcpu_hour"));
    CHECK_THAT(load_cost_model(config, R"({"cost_model": {"currency": "EUR"}})").status().message(),
               Catch::StartsWith("option cost_model"));
    CHECK(load_cost_model(config, R"({"cost_model": 7})").status().reason() == "ERROR_COST_MODEL");
    config.cost.model = "/nowhere/cost.yaml";
    CHECK(load_cost_model(config, "{}").status().reason() == "ERROR_CONFIG_FILE");
    config.cost.model = "";
    CHECK(load_cost_model(config, "{}").status().reason() == "ERROR_COST_MODEL_MISSING");
    CHECK(load_cost_model(config, R"({"cost_model": "config://"})").status().reason() ==
          "ERROR_COST_MODEL");
    CHECK(load_cost_model(config, R"({"cost_model": "config://prices"})").status().reason() ==
          "ERROR_COST_MODEL_MISSING");
}

TEST_CASE("an option never names a file of this machine") {
    const ModelFile file("name: of the file\ncurrency: EUR\nrate_card: {vcpu_hour: 1}\n");
    const nlohmann::json options = {{"cost_model", file.path}};
    CHECK(load_cost_model({}, options.dump()).status().reason() == "ERROR_COST_MODEL");
}
