// A test needs no framework and no network.
#include <cstdio>
#include <prismforet/testing.hpp>

int main() {
    pf::testing::FakeHost host(pf_module_entry_v0());
    host.page("images", R"({"data":[
        {"extId":"d502e182","name":"ubuntu-22.04","type":"DISK_IMAGE","sizeBytes":2361393152},
        {"name":"nameless id"}]})");
    const pf::testing::Run run = host.collect("image");

    const auto expected = pf::testing::Json::parse(R"([
        {"id":"d502e182","name":"ubuntu-22.04","region":"prism-central",
         "data":{"type":"DISK_IMAGE","size_bytes":2361393152,"clusters":[]}}])");
    const std::string difference = pf::testing::difference(expected, run.rows());
    std::fputs(difference.c_str(), stderr);
    return difference.empty() && run.problems.empty() && run.skips.size() == 1 ? 0 : 1;
}
