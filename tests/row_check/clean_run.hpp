// A small run without a fault, one row of each kind, as the starting point of planted violations.
#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pf::test {

// Rows of the run by what they are; all of them are sent.
struct CleanRun {
    nlohmann::json vm;       // a CloudService with data as Struct
    nlohmann::json text_vm;  // a CloudService with json_data and json_metadata
    nlohmann::json type;     // the CloudServiceType of both
    nlohmann::json region;   // their Region
    nlohmann::json name_space;
    nlohmann::json metric;
    nlohmann::json failure;
    std::vector<std::string> raw;  // further rows, as bytes

    // Shorthand for the parts that plants change most.
    nlohmann::json& payload() { return vm["resource"]; }
    nlohmann::json& data() { return vm["resource"]["data"]; }
    nlohmann::json& view() { return type["resource"]["metadata"]["view"]; }
    nlohmann::json& column(std::size_t index) {
        return view()["table"]["layout"]["options"]["fields"][index];
    }

    // Replaces a member of text_vm's json_data.
    void set_text_data(const nlohmann::json& data) {
        text_vm["resource"]["json_data"] = data.dump();
    }

    // All rows as ResourceInfo bytes.
    std::vector<std::string> bytes() const;
};

CleanRun make_clean_run();

// A way to break the clean run that must give exactly one rule.
struct Plant {
    std::string rule;
    std::string title;
    std::function<void(CleanRun&)> change;
};

// The plants, by the files that hold them.
std::vector<Plant> envelope_plants();
std::vector<Plant> payload_plants();
std::vector<Plant> document_plants();
std::vector<Plant> catalogue_plants();
std::vector<Plant> console_plants();

}  // namespace pf::test
