// The same fake host tests a module in C.
#include <cstdio>
#include <prismforet/testing.hpp>

int main() {
    pf::testing::FakeHost host(pf_module_entry_v0());
    host.page("clusters", R"({"data":[{"extId":"c-1","name":"one"},{"name":"no id"}]})");
    host.page("clusters", R"({"data":[{"extId":"c-2"}]})");
    const pf::testing::Run run = host.collect("hello_cluster");

    const auto expected = pf::testing::Json::parse(R"([
        {"id":"c-1","name":"one","data":{"greeting":"hello"}},
        {"id":"c-2","data":{"greeting":"hello"}}])");
    const std::string difference = pf::testing::difference(expected, run.rows());
    std::fputs(difference.c_str(), stderr);
    return difference.empty() && run.problems.empty() && run.refused.size() == 1 ? 0 : 1;
}
