// F19: fields that are null, missing, of another type, or newer than we are.
#include <array>
#include <catch2/catch.hpp>
#include <utility>

#include "tests/faults/fault_case.hpp"

namespace pf::test {
namespace {

// What the field of one VM becomes; an empty text: it is left out.
FaultCase odd(const std::string& field, const std::string& json, Expected expected = complete()) {
    const std::string title = field + (json.empty() ? " missing" : " = " + json);
    const auto arrange = [field, json](Scene& scene) {
        if (json.empty()) {
            scene.fault("drop-field", "field=" + scene.at.field(field));
        } else {
            scene.fault("set-field", "field=" + scene.at.field(field) + ":json=" + json);
        }
    };
    return {title, arrange, std::move(expected)};
}

Expected skipped() { return lacks(1, "vm.no_id", {"without a UUID"}); }

}  // namespace

TEST_CASE("F19 a VM that cannot be told from others is skipped, and counted", "[F19]") {
    play("F19", {odd("extId", "", skipped()), odd("extId", "null", skipped()),
                 odd("extId", "17", skipped()), odd("extId", "[]", skipped()),
                 odd("extId", "\"\"", skipped())});
}

// Eight VMs of the page, each with one odd field: a fault of one must not hide another's.
TEST_CASE("F19 odd fields cost the field, never the VM", "[F19]") {
    constexpr std::array fields = {"name", "powerState", "memorySizeBytes", "numSockets", "disks",
                                   "nics", "host",       "categories"};
    static_assert(fields.size() <= Situation::vms % Situation::page_size);
    std::vector<FaultCase> cases;
    for (const std::string json : {"", "null", "{}", "[[]]", "[{}]", "true", "\"odd\"", "-1.5"}) {
        const auto arrange = [fields, json](Scene& scene) {
            for (std::size_t i = 0; i < fields.size(); ++i) {
                const std::string place =
                    "item=" + std::to_string(i) + ":field=" + scene.at.field(fields[i]);
                json.empty() ? scene.fault("drop-field", place)
                             : scene.fault("set-field", place + ":json=" + json);
            }
        };
        const bool is_name = json == "\"odd\"";
        cases.push_back(
            {"8 fields " + (json.empty() ? "missing" : "= " + json), arrange, complete(),
             [is_name, json](Scene& scene, const Outcome& outcome) {
                 CHECK(scene.stats().faults == 8);
                 CHECK_THAT(outcome.notes(), Catch::Contains("vm.power_state"));
                 const bool is_odd = !json.empty() && json != "null";
                 CHECK((outcome.notes().find("list.odd_value") != std::string::npos) == is_odd);
                 // In v3 the wished name stands in for the one that is odd.
                 if (scene.at.generation == Generation::v3) return;
                 CHECK((outcome.notes().find("writer.no_name") == std::string::npos) == is_name);
             }});
    }
    play("F19", cases);
}

TEST_CASE("F19 values newer than we are, and values that cannot be", "[F19]") {
    const auto each_its_own = [](const std::vector<std::pair<std::string, std::string>>& values) {
        return [values](Scene& scene) {
            for (std::size_t i = 0; i < values.size(); ++i) {
                scene.fault("set-field", "item=" + std::to_string(i) +
                                             ":field=" + scene.at.field(values[i].first) +
                                             ":json=" + values[i].second);
            }
        };
    };
    const auto noted = [](const std::string& code) {
        return [code](Scene& scene, const Outcome& outcome) {
            // In v3 the wished cluster stands in for the one that is odd.
            if (scene.at.generation == Generation::v3 && code == "vm.no_cluster") return;
            CHECK_THAT(outcome.notes(), Catch::Contains(code));
        };
    };
    play("F19",
         {{"novel types and enums",
           each_its_own({{"$objectType", "\"vmm.v9.ahv.config.NovelVm\""},
                         {"disks.0.backingInfo.$objectType", "\"vmm.v9.ahv.config.NovelDisk\""},
                         {"bootConfig.$objectType", "\"vmm.v9.ahv.config.NovelBoot\""},
                         {"nics.0.$objectType", "null"},
                         {"powerState", "\"HIBERNATED\""},
                         {"machineType", "\"Q99\""}}),
           complete(), noted("vm.power_state")},
          {"numbers that cannot be",
           each_its_own({{"numSockets", "-4"},
                         {"numSockets", "2.5"},
                         {"numCoresPerSocket", "2147483648"},
                         {"memorySizeBytes", "9223372036854775807"},
                         {"memorySizeBytes", "18446744073709551615"},
                         {"memorySizeBytes", "1e300"},
                         {"memorySizeBytes", "\"8589934592\""},
                         {"memorySizeBytes", "-1"}}),
           complete()},
          {"references to nothing",
           each_its_own({{"cluster", "null"},
                         {"cluster.extId", "17"},
                         {"host", "{\"extId\":\"nowhere\"}"},
                         {"categories", "[{\"extId\":\"none\"}]"},
                         {"createTime", "\"yesterday\""}}),
           complete(), noted("vm.no_cluster")}});
}

}  // namespace pf::test
