// Each production check with what it shall be content with, and with each thing that it shall not.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/memory_limit.hpp"

using namespace pf::host;
using namespace pf::host::doctor;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// A folder of its own that stands for the machine.
class Machine {
  public:
    Machine() {
        std::string made = (fs::temp_directory_path() / "production-XXXXXX").string();
        REQUIRE(::mkdtemp(made.data()) != nullptr);
        root_ = made;
    }
    ~Machine() { fs::remove_all(root_); }
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;
    const fs::path& root() const { return root_; }
    fs::path write(const std::string& name, const std::string& text, unsigned mode = 0600) const {
        const fs::path path = root_ / name;
        fs::create_directories(path.parent_path());
        std::ofstream(path) << text;
        fs::permissions(path, fs::perms(mode));
        return path;
    }
    Setup setup() const {
        Setup setup;
        setup.machine_root = root_;
        return setup;
    }

  private:
    fs::path root_;
};

Verdict verdict(const Finding& finding) {
    INFO(finding.check << ": " << finding.text);
    CHECK(json::parse(finding.facts).is_object());
    if (finding.verdict == Verdict::warn || finding.verdict == Verdict::fail) {
        CHECK(finding.problem.reason() == "ERROR_NOT_FOR_PRODUCTION");
        CHECK_FALSE(finding.advice.empty());
    }
    return finding.verdict;
}

constexpr std::uint64_t mebibyte = 1u << 20;

}  // namespace

TEST_CASE("trust: a CA or a pin is good, all CAs are doubtful, none is unfit") {
    prism::TlsSettings tls;
    CHECK(verdict(check_trust(tls)) == Verdict::warn);
    tls.ca_file = "/ca.pem";
    CHECK(verdict(check_trust(tls)) == Verdict::ok);
    tls.verify = false;
    CHECK(verdict(check_trust(tls)) == Verdict::fail);
    tls.pin_sha256 = std::string(64, 'a');
    CHECK(verdict(check_trust(tls)) == Verdict::ok);
}

TEST_CASE("least role: what the role check found decides, and what it did not is to do") {
    Finding role = found_good("role", "");
    role.facts = R"({"can_write": true})";
    CHECK(verdict(check_least_role(&role)) == Verdict::fail);
    role.facts = R"({"can_write": false})";
    CHECK(verdict(check_least_role(&role)) == Verdict::ok);
    role.facts = R"({"can_write": null})";
    CHECK(verdict(check_least_role(&role)) == Verdict::todo);
    const Finding skipped = not_tried("role", "no login");
    CHECK(verdict(check_least_role(&skipped)) == Verdict::skipped);
    CHECK(verdict(check_least_role(nullptr)) == Verdict::skipped);
}

TEST_CASE("gentleness: a usual rate is good, none or a high one is doubtful") {
    prism::Limits limits;
    CHECK(verdict(check_gentleness(limits)) == Verdict::ok);
    limits.per_second = 51;
    CHECK(verdict(check_gentleness(limits)) == Verdict::warn);
    limits.per_second = 0;
    CHECK(verdict(check_gentleness(limits)) == Verdict::warn);
}

TEST_CASE("clear secrets: in a file unfit, in the environment doubtful") {
    Setup setup;
    CHECK(verdict(check_clear_secrets(setup)) == Verdict::ok);
    setup.clear_secrets.push_back({"targets[0].auth.password", "environment X", true});
    CHECK(verdict(check_clear_secrets(setup)) == Verdict::warn);
    setup.clear_secrets.push_back({"targets[1].auth.password", "/etc/config.yaml:3", false});
    const Finding both = check_clear_secrets(setup);
    CHECK(verdict(both) == Verdict::fail);
    CHECK(both.details == std::vector<std::string>{"environment X: targets[0].auth.password",
                                                   "/etc/config.yaml:3: targets[1].auth.password"});
}

TEST_CASE("secret files: for their owner, or its group to read") {
    const Machine machine;
    Setup setup = machine.setup();
    CHECK(verdict(check_secret_files(setup)) == Verdict::ok);
    setup.secret_files = {machine.write("private", "x", 0600), machine.write("group", "x", 0440),
                          machine.root() / "absent"};
    CHECK(verdict(check_secret_files(setup)) == Verdict::ok);
    for (const unsigned mode : {0604u, 0606u, 0620u, 0601u}) {
        INFO(mode);
        setup.secret_files.back() = machine.write("open", "x", mode);
        const Finding open = check_secret_files(setup);
        CHECK(verdict(open) == Verdict::fail);
        CHECK(open.details == std::vector<std::string>{setup.secret_files.back().string()});
    }
}

TEST_CASE("module files: only root may replace them") {
    const Machine machine;
    Setup setup = machine.setup();
    const fs::path module = machine.write("modules/vm.so", "x", 0755);
    setup.module_directories = {machine.root() / "modules"};
    fs::permissions(setup.module_directories[0], fs::perms(0755));
    // Whose tests run as root owns them as root does.
    const Verdict mine = ::geteuid() == 0 ? Verdict::ok : Verdict::warn;
    CHECK(verdict(check_module_files(setup)) == mine);
    fs::permissions(module, fs::perms(0757));
    CHECK(verdict(check_module_files(setup)) == Verdict::fail);
    fs::permissions(module, fs::perms(0755));
    fs::permissions(setup.module_directories[0], fs::perms(0777));
    const Finding open = check_module_files(setup);
    CHECK(verdict(open) == Verdict::fail);
    CHECK(open.details.front() == setup.module_directories[0].string() + ": everybody");
}

TEST_CASE("log, modules, status port, times") {
    Setup setup;
    setup.has_json_log = true;
    setup.log_level = "info";
    CHECK(verdict(check_log(setup)) == Verdict::ok);
    for (const char* level : {"debug", "error", "off"}) {
        INFO(level);
        setup.log_level = level;
        CHECK(verdict(check_log(setup)) == Verdict::warn);
    }
    setup.log_level = "warn";
    CHECK(verdict(check_log(setup)) == Verdict::ok);
    setup.has_json_log = false;
    CHECK(verdict(check_log(setup)) == Verdict::warn);

    CHECK(verdict(check_expected_modules(setup)) == Verdict::warn);
    setup.expected_modules = {"vm"};
    CHECK(verdict(check_expected_modules(setup)) == Verdict::ok);

    CHECK(verdict(check_status_port(setup)) == Verdict::warn);
    setup.status_address = "127.0.0.1:8090";
    CHECK(verdict(check_status_port(setup)) == Verdict::ok);

    setup.budget = std::chrono::minutes(100);
    setup.drain = std::chrono::seconds(25);
    CHECK(verdict(check_times(setup)) == Verdict::ok);
    setup.drain = std::chrono::seconds(30);
    CHECK(verdict(check_times(setup)) == Verdict::warn);
    setup.drain = std::chrono::seconds(25);
    for (const int minutes : {0, 120}) {
        setup.budget = std::chrono::minutes(minutes);
        CHECK(verdict(check_times(setup)) == Verdict::warn);
    }
}

TEST_CASE("the memory limit is the smallest of the groups around this process") {
    const Machine machine;
    const auto limit = [&machine] { return memory_limit(machine.root()); };
    CHECK_FALSE(limit());
    SECTION("control groups of the second generation") {
        machine.write("proc/self/cgroup", "0::/kubepods/pod1/c1\n");
        CHECK_FALSE(limit());
        machine.write("sys/fs/cgroup/kubepods/pod1/c1/memory.max", "max\n");
        CHECK_FALSE(limit());
        machine.write("sys/fs/cgroup/kubepods/memory.max", "536870912\n");
        CHECK(limit() == 512 * mebibyte);
        machine.write("sys/fs/cgroup/kubepods/pod1/c1/memory.max", "268435456\n");
        CHECK(limit() == 256 * mebibyte);
    }
    SECTION("the second generation, seen from inside of a container") {
        machine.write("proc/self/cgroup", "0::/\n");
        machine.write("sys/fs/cgroup/memory.max", "134217728\n");
        CHECK(limit() == 128 * mebibyte);
    }
    SECTION("the first generation, whose path is that outside of the container") {
        machine.write("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/docker/abc\n");
        machine.write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        CHECK_FALSE(limit());
        machine.write("sys/fs/cgroup/memory/memory.limit_in_bytes", "67108864\n");
        CHECK(limit() == 64 * mebibyte);
    }
    SECTION("nonsense is no limit") {
        machine.write("proc/self/cgroup", "nonsense\n\n0::/../..\n");
        machine.write("sys/fs/cgroup/memory.max", "many\n");
        CHECK_FALSE(limit());
    }
}

TEST_CASE("memory: a limit that is large enough") {
    const Machine machine;
    const Setup setup = machine.setup();
    CHECK(verdict(check_memory(setup)) == Verdict::warn);
    machine.write("proc/self/cgroup", "0::/\n");
    machine.write("sys/fs/cgroup/memory.max", std::to_string(512 * mebibyte));
    CHECK(verdict(check_memory(setup)) == Verdict::ok);
    machine.write("sys/fs/cgroup/memory.max", std::to_string(255 * mebibyte));
    CHECK(verdict(check_memory(setup)) == Verdict::warn);
}

TEST_CASE("privileges: a user without capabilities that cannot gain any") {
    const Machine machine;
    const Setup setup = machine.setup();
    const auto told = [&](const char* uid, const char* capabilities, const char* gain) {
        machine.write("proc/self/status", std::string("Name:\tx\nUid:\t") + uid + "\t" + uid +
                                              "\nCapEff:\t" + capabilities + "\nNoNewPrivs:\t" +
                                              gain + "\n");
        return verdict(check_privileges(setup));
    };
    CHECK(verdict(check_privileges(setup)) == Verdict::skipped);
    CHECK(told("65532", "0000000000000000", "1") == Verdict::ok);
    CHECK(told("0", "0000000000000000", "1") == Verdict::warn);
    CHECK(told("65532", "0000000000000400", "1") == Verdict::warn);
    CHECK(told("65532", "0000000000000000", "0") == Verdict::warn);
}

TEST_CASE("what is left to do is told once each, with what to do") {
    Setup setup;
    setup.grpc_address = "0.0.0.0:50051";
    const std::size_t few = things_to_do(setup).size();
    setup.status_address = "0.0.0.0:8090";
    setup.is_in_kubernetes = true;
    const auto all = things_to_do(setup);
    CHECK(all.size() == few + 2);
    std::set<std::string> names;
    for (const Finding& finding : all) {
        CHECK(verdict(finding) == Verdict::todo);
        CHECK_FALSE(finding.advice.empty());
        names.insert(finding.check);
    }
    CHECK(names.size() == all.size());
}
