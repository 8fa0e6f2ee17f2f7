#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cli/console/cell.hpp"
#include "host/cli/console/field_path.hpp"
#include "host/cli/console/field_reader.hpp"
#include "host/cli/console/html_drawer.hpp"
#include "host/cli/console/html_text.hpp"
#include "host/cli/console/picture.hpp"
#include "host/cli/console/sample_view.hpp"
#include "host/cli/console/terminal_drawer.hpp"
#include "host/cli/resource_json.hpp"

namespace cli = pf::host::cli;
using nlohmann::ordered_json;

namespace {

cli::Picture sample_picture() {
    return cli::make_picture("AHV virtual machine", cli::read_view(pf::test::sample_view),
                             cli::parse_resource(pf::test::sample_resource), true);
}

// What a field of this JSON shows of `resource`.
cli::FieldValue shown(const std::string& field, const std::string& resource,
                      cli::ValueStyle style = cli::ValueStyle::people) {
    std::vector<std::string> odd;
    auto fields = cli::read_fields(ordered_json::parse("[" + field + "]"), "test", odd);
    REQUIRE(fields.size() == 1);
    return cli::FieldReader(fields.front(), style, true).value(ordered_json::parse(resource));
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a terminal shows the row and every tab") {
    CHECK(cli::draw_on_terminal(sample_picture(), {}) ==
          R"(AHV virtual machine web <1>
https://pc:9440/console/#vm?a=1&b="2"

Name     State    vCPU     Memory
web <1>  Running  4 cores  1.5 GiB

Further columns
  IPs  10.0.0.1, 10.0.0.2

== Machine ==
Base
  OS       Linux
  Kind     big
  Health   changing
  Created  2026-11-23 08:15Z
  Booted   2026-11-23 08:15Z
  Disk     1.5 KiB
  Labels   team: a & b, tier: 1
  Note     none written

Everything
  team  a & b
  tier  1

== Disks (2) ==
Index     Size  Tags   Path
    1  1.5 GiB  -      p1
    2    1 GiB  x / y  p2

2: Path (Parts) (2)
  N
  1
  2

== Addresses (2) ==
MAC  vCPU of it
aa            4
bb            4

== Free Table (2) ==
a  b
x  1
-  2

== Page ==
(HTML in the console; its text here)
<b>bold</b>
<script>alert(1)</script>

== Help ==
Line *one*
line two

== GPUs (0) ==
(nothing)

== Raw ==
team: "a & b"
tier: "1"
)");
}

TEST_CASE("a narrow terminal names what it leaves out") {
    const std::string text = cli::draw_on_terminal(sample_picture(), {24, false, true});
    CHECK(contains(text, "Name     State    vCPU\nweb <1>  Running  4 cores\n") == false);
    CHECK(contains(text, "Name     State\nweb <1>  Running\n"));
    CHECK(contains(text, "  vCPU    4 cores\n  Memory  1.5 GiB\n"));
    CHECK(contains(text, "(too narrow for: "));
}

TEST_CASE("a page needs nothing else, shows everything and obeys nothing") {
    const std::string page = cli::draw_as_html({sample_picture()}, {"ERROR_X: <pc1> is down"});
    CHECK(page.starts_with("<!DOCTYPE html>\n"));
    CHECK(contains(page, "content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    for (const char* forbidden : {"<script", "src=", "url(", "@import", "<link", "<img", "<iframe",
                                  "<b>bold", "<pc1>", "web <1>", "onclick"}) {
        INFO(forbidden);
        CHECK_FALSE(contains(page, forbidden));
    }
    for (const char* expected :
         {"web &lt;1&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;", "a &amp; b",
          "href=\"https://pc:9440/console/#vm?a=1&amp;b=&quot;2&quot;\"",
          "<span class=\"state green\">Running</span>", "<span class=\"badge violet\">Linux</span>",
          "<span class=\"badge coral\">big</span>", "<span class=\"tag\">team: a &amp; b</span>",
          "10.0.0.1<br>10.0.0.2", "x / y", "IPs <span class=\"none\">(optional)</span>",
          "<td class=\"number\">1.5 GiB</td>", "<h3>2: Path (Parts) (2)</h3>",
          "<li>ERROR_X: &lt;pc1&gt; is down</li>"}) {
        INFO(expected);
        CHECK(contains(page, expected));
    }
    // Each tab has its link and its section; only the one without data is empty.
    std::size_t empty = 0;
    for (std::size_t at = page.find("Nothing here."); at != page.npos;
         at = page.find("Nothing here.", at + 1)) {
        ++empty;
    }
    CHECK(empty == 1);
    for (int tab = 1; tab <= 8; ++tab) {
        const std::string id = "r1-tab-" + std::to_string(tab);
        CHECK(contains(page, "<a href=\"#" + id + "\">"));
        CHECK(contains(page, "<section id=\"" + id + "\">"));
    }
    CHECK_FALSE(contains(cli::draw_as_html({sample_picture()}, {}), "Not everything arrived"));
}

TEST_CASE("only links that a browser may follow become links") {
    for (const char* link : {"javascript:alert(1)", "http://pc", "/console", "data:text/html,x"}) {
        auto resource = cli::parse_resource(pf::test::sample_resource);
        resource["reference"]["external_link"] = link;
        CHECK(cli::make_picture("x", {}, resource, true).link.empty());
    }
}

TEST_CASE("text of a page holds no tag, no quote and nothing that a terminal or a reader obeys") {
    CHECK(cli::html_text("a<b>&\"'c\n\td") == "a&lt;b&gt;&amp;&quot;&#39;c\n\td");
    CHECK(cli::html_text(std::string("\0\x1b[31m\x7f", 7)) == "??[31m?");
    CHECK(cli::html_text("a\u202Eb\xFF") == "a?b\uFFFD");
}

TEST_CASE("values that are not what the field expects are shown as they are") {
    const char* const size = R"({"key":"a","type":"size","options":{"source_unit":"MB"}})";
    CHECK(shown(size, R"({"a":"2048"})").text() == "2 GiB");
    CHECK(shown(size, R"({"a":"much"})").text() == "much");
    CHECK(shown(size, R"({"a":null})").is_empty());
    CHECK(shown(size, R"({"a":2048})", cli::ValueStyle::machines).text() == "2147483648");
    const char* const time =
        R"({"key":"a","type":"datetime","options":{"source_type":"timestamp"}})";
    CHECK(shown(time, R"({"a":1795421700000})").text() == "2026-11-23 08:15Z");
    CHECK(shown(time, R"({"a":1e300})").text() == "1e+300");
    CHECK(shown(time, R"({"a":"soon"})").text() == "soon");
    const char* const word =
        R"({"key":"a","type":"enum","options":{"items":{"X":"Ex"},"default":"X"}})";
    CHECK(shown(word, R"({"a":"Y"})").text() == "Y");
    CHECK(shown(word, R"({"a":"X"})").text() == "Ex");
    CHECK(shown(word, R"({})").text() == "Ex");
    CHECK(shown(word, R"({"a":"X"})", cli::ValueStyle::machines).text() == "X");
    CHECK(shown(R"({"key":"a","type":"dict"})", R"({"a":7})").text() == "7");
    CHECK(shown(R"({"key":"a"})", R"({"a":"\u001b[31m\nx"})").text() == "?[31m x");
    CHECK(
        shown(
            R"({"key":"a","type":"list","options":{"item":{"type":"badge","options":{"outline_color":"red"}}}})",
            R"({"a":["x","y"]})")
            .pieces[1]
            .hue == cli::Hue::red);
}

TEST_CASE("paths go through lists, into one element, and may end in a key with dots") {
    const auto value =
        ordered_json::parse(R"({"a":[{"b":1},{"b":[2,3]},{"c":4}],"tags":{"x.y":5},"n":null})");
    const auto count = [&](const std::string& path, std::size_t depth = 0) {
        return cli::find_elements(value, cli::split_path(path, depth)).size();
    };
    CHECK(count("a.b") == 3);
    CHECK(count("a.1.b") == 2);
    CHECK(count("a.9.b") == 0);
    CHECK(count("tags.x.y") == 0);
    CHECK(count("tags.x.y", 1) == 1);
    CHECK(count("n") == 0);
    CHECK(count("") == 1);
}

TEST_CASE("what metadata has that nobody understands is told, and shown as it is") {
    const cli::View view = cli::read_view(R"({"view":{
        "table":{"layout":{"options":{"fields":[{"name":"no key"},{"key":"a","type":"progress"},
          {"key":"b","type":"enum","options":{"items":{},"default":{"type":"badge"}}}]}}},
        "sub_data":{"layouts":[{"name":"T","type":"chart","options":{"root_path":"data"}},
                               {"name":"P","type":"popup"},7]}}})");
    CHECK(view.columns.size() == 2);
    CHECK(
        view.odd ==
        std::vector<std::string>{
            "view.table.fields[0]: a field without a key is not shown",
            "view.table.fields[1]: the console knows no field type progress and shows text",
            "view.table.fields[2]: default of an enum is the word of one of its items, and stands "
            "for a value that is absent; the console can show no object there",
            "tab 1: the console knows no layout type chart; its data is shown as it is",
            "tab 2: a popup without a layout shows nothing",
            "tab 3: the console knows no layout type at all here; its data is shown as it is"});
    const auto resource = ordered_json::parse(R"({"name":"x","data":{"k":1}})");
    CHECK(contains(cli::draw_on_terminal(cli::make_picture("K", view, resource, true), {}),
                   "== T ==\n(a layout the console does not know)\nk: 1\n"));
    CHECK(cli::read_view("no json").odd.size() == 1);
    CHECK(cli::read_view("{}").odd.empty());
    CHECK(cli::read_view(std::string(200, '[')).odd.size() == 1);
    CHECK(cli::read_view(pf::test::sample_view).odd.empty());
    CHECK(cli::read_view(pf::test::sample_view).is_descending);
}
