// Whatever bytes a descriptor has, parsing answers: with a descriptor that keeps its promises, or
// with a readable refusal.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "host/loader/descriptor.hpp"
#include "host/loader/descriptor_sample.hpp"

using nlohmann::ordered_json;
using pf::host::loader::parse_descriptor;
using pf::host::loader::validate_config;

namespace {

constexpr int rounds = 4000;

class Dice {
  public:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : engine_() % bound; }

  private:
    std::mt19937_64 engine_{20240229};
};

void check_answer(const std::string& text) {
    const auto parsed = parse_descriptor(text);
    if (!parsed.ok()) {
        REQUIRE(parsed.status().reason() == "ERROR_MODULE_DESCRIPTOR");
        REQUIRE_FALSE(parsed.status().message().empty());
        return;
    }
    REQUIRE(parsed->text == text);
    REQUIRE_FALSE(parsed->outputs.empty());
    for (const auto& lookup : parsed->lookups) {
        REQUIRE(lookup.endpoint < parsed->endpoints.size());
    }
    for (const auto& output : parsed->outputs) {
        REQUIRE(output.endpoint < parsed->endpoints.size());
        REQUIRE(output.data_keys.size() <= 64);
        REQUIRE(ordered_json::parse(output.view_metadata).is_object());
    }
    // Either answer is fine; it must be one.
    static_cast<void>(validate_config(*parsed, R"({"depth": 1})").ok());
}

void collect_pointers(const ordered_json& value, const ordered_json::json_pointer& at,
                      std::vector<ordered_json::json_pointer>& pointers) {
    pointers.push_back(at);
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            collect_pointers(member, at / key, pointers);
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            collect_pointers(value[i], at / i, pointers);
        }
    }
}

}  // namespace

TEST_CASE("flipped, deleted, doubled and cut bytes") {
    const std::string sample = pf::test::sample_descriptor();
    Dice dice;
    for (int i = 0; i < rounds; ++i) {
        std::string text = sample;
        for (std::size_t n = 1 + dice.below(4); n > 0 && !text.empty(); --n) {
            const std::size_t at = dice.below(text.size());
            switch (dice.below(4)) {
                case 0:
                    text[at] = static_cast<char>(dice.below(256));
                    break;
                case 1:
                    text.erase(at, 1 + dice.below(20));
                    break;
                case 2:
                    text.insert(at, text.substr(dice.below(text.size()), dice.below(40)));
                    break;
                default:
                    text.resize(text.size() - dice.below(3));
                    break;
            }
        }
        check_answer(text);
    }
    for (std::size_t length = 0; length < sample.size(); length += 7) {
        check_answer(sample.substr(0, length));
    }
}

TEST_CASE("every value replaced by every kind of value, and removed") {
    const ordered_json sample = ordered_json::parse(pf::test::sample_descriptor());
    const std::vector<ordered_json> values = {
        nullptr,
        true,
        -1,
        1e300,
        18446744073709551615U,
        "",
        "a",
        std::string("\0x", 2),
        std::string(2000, 'a'),
        "\xF0\x9F\x98\x80",
        ordered_json::array(),
        ordered_json::object(),
        ordered_json::array({ordered_json::object()}),
        ordered_json{{"$ref", "#"}},
        ordered_json{{"pattern", "("}, {"type", "string"}},
    };
    std::vector<ordered_json::json_pointer> pointers;
    collect_pointers(sample, ordered_json::json_pointer(), pointers);
    for (const auto& pointer : pointers) {
        for (const ordered_json& value : values) {
            ordered_json changed = sample;
            changed[pointer] = value;
            check_answer(changed.dump());
        }
        if (!pointer.empty()) {
            ordered_json changed = sample;
            ordered_json& parent = changed[pointer.parent_pointer()];
            if (parent.is_object()) {
                parent.erase(pointer.back());
            } else {
                parent.erase(static_cast<std::size_t>(std::stoul(pointer.back())));
            }
            check_answer(changed.dump());
        }
    }
}
