// Measures one collect through the whole path: a simulated Prism Central in its own process, the
// plugin in its own process, and a raw client here that counts unique ids.
//
//   collect-bench BIN_DIR [--vms N] [--latency-ms N] [--sessions N] [--encoding json|struct]
//                 [--collects N] [--rows-per-second N]
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "tests/acceptance/reflection_client.hpp"

extern char** environ;

namespace {

namespace fs = std::filesystem;

// A child process whose numbers are read from /proc.
class Child {
  public:
    explicit Child(std::vector<std::string> arguments) {
        std::vector<char*> argv;
        for (std::string& argument : arguments) {
            argv.push_back(argument.data());
        }
        argv.push_back(nullptr);
        if (posix_spawn(&pid_, argv[0], nullptr, nullptr, argv.data(), environ) != 0) {
            throw std::runtime_error("cannot start " + arguments[0]);
        }
    }
    ~Child() {
        kill(pid_, SIGTERM);
        waitpid(pid_, nullptr, 0);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // User and system time of all threads, seconds.
    double cpu() const {
        std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
        std::string line;
        std::getline(file, line);
        std::istringstream rest(line.substr(line.rfind(')') + 2));
        std::string word;
        double ticks = 0;
        for (int i = 3; rest >> word && i <= 15; ++i) {
            ticks += i == 14 || i == 15 ? std::stod(word) : 0;
        }
        return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
    }
    // One value of /proc/PID/status, MiB.
    double memory(const std::string& name) const {
        std::ifstream file("/proc/" + std::to_string(pid_) + "/status");
        for (std::string line; std::getline(file, line);) {
            if (line.rfind(name + ":", 0) == 0) {
                return std::stod(line.substr(name.size() + 1)) / 1024;
            }
        }
        return 0;
    }
    bool is_alive() const { return waitpid(pid_, nullptr, WNOHANG) == 0; }

  private:
    pid_t pid_ = 0;
};

std::string wait_for_file(const fs::path& file, const Child& child) {
    for (int i = 0; i < 3000; ++i) {
        std::ifstream in(file);
        std::string text((std::istreambuf_iterator<char>(in)), {});
        if (!text.empty() && text.back() == '\n') {
            return text;
        }
        if (!child.is_alive()) {
            throw std::runtime_error("a program ended before it was ready");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    throw std::runtime_error("nothing ready within 60 s: " + file.string());
}

std::string port_in(const std::string& text) {
    const auto colon = text.rfind(':');
    return text.substr(colon + 1, text.find_first_not_of("0123456789", colon + 1) - colon - 1);
}

struct Tally {
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    std::uint64_t small = 0;  // CloudService rows below 3,000 bytes
    std::unordered_set<std::string> ids;
    double first = 0;
    pf::test::CallStatus status;
};

// Finds reference.resource_id in the row's bytes without decoding it.
void count_row(std::string_view row, Tally& tally) {
    ++tally.rows;
    tally.bytes += row.size();
    const auto at = row.rfind("resource_id");
    const auto value = at == std::string_view::npos ? at : row.find('$', at);
    if (value == std::string_view::npos || value + 37 > row.size()) {
        return;
    }
    tally.small += row.size() < 3000 ? 1 : 0;
    tally.ids.emplace(row.substr(value + 1, 36));
}

std::map<std::string, std::string> options_of(int argc, char** argv) {
    std::map<std::string, std::string> options = {{"--vms", "100000"}, {"--latency-ms", "0"},
                                                  {"--sessions", "8"}, {"--encoding", "json"},
                                                  {"--collects", "1"}, {"--rows-per-second", "0"}};
    for (int i = 2; i + 1 < argc; i += 2) {
        if (!options.contains(argv[i])) {
            throw std::runtime_error(std::string("unknown option ") + argv[i]);
        }
        options[argv[i]] = argv[i + 1];
    }
    return options;
}

int run(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "use: collect-bench BIN_DIR [options]\n";
        return 2;
    }
    const fs::path bin = argv[1];
    auto options = options_of(argc, argv);
    char name[] = "/tmp/collect-bench-XXXXXX";
    const fs::path place = mkdtemp(name);
    Child prism({(bin / "prism-sim").string(), "--port", "0", "--vms", options["--vms"],
                 "--latency-ms", options["--latency-ms"], "--ca-out", (place / "ca.pem").string(),
                 "--ready-file", (place / "prism").string()});
    const std::string prism_port = port_in(wait_for_file(place / "prism", prism));
    const auto start = std::chrono::steady_clock::now();
    Child plugin({(bin / "prismforet").string(), "serve", "--listen", "127.0.0.1:0", "--ready-file",
                  (place / "plugin").string()});
    const std::string plugin_port = port_in(wait_for_file(place / "plugin", plugin));
    const auto since = [](std::chrono::steady_clock::time_point from) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    };
    const double ready = since(start);
    std::ifstream ca(place / "ca.pem");
    const std::string pem((std::istreambuf_iterator<char>(ca)), {});
    const nlohmann::json request = {{"options",
                                     {{"requests_per_second", 0},
                                      {"sessions", std::stoi(options["--sessions"])},
                                      {"encoding", options["--encoding"]}}},
                                    {"secret_data",
                                     {{"host", "127.0.0.1"},
                                      {"port", std::stoi(prism_port)},
                                      {"username", "admin"},
                                      {"password", "nutanix/4u"},
                                      {"ca_cert", pem}}}};
    const auto client = pf::test::ReflectionClient::connect("127.0.0.1:" + plugin_port);
    const double idle = plugin.memory("VmRSS");
    const double cpu_before = plugin.cpu();
    const double sim_before = prism.cpu();
    std::vector<Tally> tallies(static_cast<std::size_t>(std::stoul(options["--collects"])));
    const auto begun = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> readers;
        for (Tally& tally : tallies) {
            readers.emplace_back([&] {
                pf::test::CallOptions call;
                call.rows_per_second = std::stod(options["--rows-per-second"]);
                tally.status = client->stream(
                    "Collector", "collect", request.dump(),
                    [&](std::string_view row) {
                        if (tally.rows == 0) {
                            tally.first = since(begun);
                        }
                        count_row(row, tally);
                        return true;
                    },
                    call);
            });
        }
    }
    const double wall = since(begun);
    const double cpu = plugin.cpu() - cpu_before;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    for (const Tally& tally : tallies) {
        rows += tally.rows;
        bytes += tally.bytes;
    }
    const Tally& first = tallies.front();
    std::printf("status              %s\n", first.status.describe().c_str());
    std::printf("rows                %llu, unique ids %zu of the first, %llu below 3,000 bytes\n",
                static_cast<unsigned long long>(rows), first.ids.size(),
                static_cast<unsigned long long>(first.small));
    std::printf("bytes per row       %.0f\n",
                static_cast<double>(bytes) / static_cast<double>(rows));
    std::printf("start to ready      %.0f ms, idle %.1f MiB\n", ready * 1000, idle);
    std::printf("first row           %.0f ms\n", first.first * 1000);
    std::printf("wall                %.2f s, %.0f rows/s\n", wall,
                static_cast<double>(rows) / wall);
    std::printf("plugin CPU          %.2f s, %.1f us per row\n", cpu,
                cpu * 1e6 / static_cast<double>(rows));
    std::printf("simulator CPU       %.2f s\n", prism.cpu() - sim_before);
    std::printf("plugin peak memory  %.1f MiB\n", plugin.memory("VmHWM"));
    fs::remove_all(place);
    return first.status.ok() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "collect-bench: " << error.what() << "\n";
        return 1;
    }
}
