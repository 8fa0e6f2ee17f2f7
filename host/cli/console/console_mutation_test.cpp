// Whatever metadata and resource hold, drawing answers: with text fit for a terminal, and with a
// page whose tags are ours.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "host/base/utf8.hpp"
#include "host/cli/console/html_drawer.hpp"
#include "host/cli/console/picture.hpp"
#include "host/cli/console/sample_view.hpp"
#include "host/cli/console/terminal_drawer.hpp"
#include "host/cli/resource_json.hpp"

namespace cli = pf::host::cli;
using nlohmann::ordered_json;

namespace {

constexpr int rounds = 1500;

class Dice {
  public:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : engine_() % bound; }

  private:
    std::mt19937_64 engine_{20240229};
};

bool is_fit_for_a_terminal(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto point = pf::host::decode_utf8(text, at);
        if (!point.is_valid || (point.value != U'\n' && pf::host::is_control(point.value))) {
            return false;
        }
        at += point.size;
    }
    return true;
}

// Every tag of the page is one that the drawer writes.
bool has_only_own_tags(const std::string& page) {
    static const std::vector<std::string> known = {
        "!DOCTYPE", "html", "head", "meta",    "title",   "style",  "body",  "aside",
        "strong",   "ul",   "li",   "main",    "article", "header", "p",     "h1",
        "h2",       "h3",   "a",    "section", "nav",     "div",    "table", "thead",
        "tbody",    "tr",   "th",   "td",      "span",    "br",     "pre"};
    for (std::size_t at = page.find('<'); at != page.npos; at = page.find('<', at + 1)) {
        std::size_t begin = at + 1;
        begin += page[begin] == '/' ? 1 : 0;
        const std::string name = page.substr(begin, page.find_first_of(" >\n", begin) - begin);
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            UNSCOPED_INFO("tag " << name);
            return false;
        }
    }
    return true;
}

void check_answer(const std::string& metadata, const std::string& resource) {
    const cli::View view = cli::read_view(metadata);
    const cli::Picture picture =
        cli::make_picture("Kind", view, cli::parse_resource(resource), true);
    REQUIRE(picture.tabs.size() == view.tabs.size());
    for (const std::size_t width : {std::size_t{0}, std::size_t{30}}) {
        REQUIRE(is_fit_for_a_terminal(cli::draw_on_terminal(picture, {width, false, true})));
    }
    const std::string page = cli::draw_as_html({picture}, view.odd);
    REQUIRE(has_only_own_tags(page));
    REQUIRE(page.ends_with("</html>\n"));
}

std::string mutated(const std::string& sample, Dice& dice) {
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
    return text;
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

// `sample` with each of its values replaced in turn.
template <class Take>
void replace_each(const char* sample, Take take) {
    const ordered_json whole = ordered_json::parse(sample);
    const std::vector<ordered_json> values = {nullptr,
                                              true,
                                              -1,
                                              1e300,
                                              "",
                                              "</script><b onload=\"x\">'\x1b[31m\u202E",
                                              "a..b.0.",
                                              std::string(2000, '.'),
                                              ordered_json::array(),
                                              ordered_json::object(),
                                              ordered_json::array({ordered_json::array({1})}),
                                              ordered_json{{"<i>", {{"&", "<"}}}}};
    std::vector<ordered_json::json_pointer> pointers;
    collect_pointers(whole, ordered_json::json_pointer(), pointers);
    for (const auto& pointer : pointers) {
        for (const ordered_json& value : values) {
            ordered_json changed = whole;
            changed[pointer] = value;
            take(changed.dump());
        }
    }
}

}  // namespace

TEST_CASE("metadata and resources with flipped, deleted, doubled and cut bytes") {
    Dice dice;
    for (int i = 0; i < rounds; ++i) {
        check_answer(mutated(pf::test::sample_view, dice), pf::test::sample_resource);
        check_answer(pf::test::sample_view, mutated(pf::test::sample_resource, dice));
    }
}

TEST_CASE("metadata with every value replaced by every kind of value") {
    replace_each(pf::test::sample_view,
                 [](const std::string& text) { check_answer(text, pf::test::sample_resource); });
}

TEST_CASE("a resource with every value replaced by every kind of value") {
    replace_each(pf::test::sample_resource,
                 [](const std::string& text) { check_answer(pf::test::sample_view, text); });
}
