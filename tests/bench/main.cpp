// prismforet-bench: measures the host; README.md says what and how.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "tests/bench/measures.hpp"

namespace {

using pf::bench::Report;
using pf::bench::Setting;

struct Group {
    const char* name;
    const char* help;
    void (*run)(const Setting&, Report&);
};

constexpr Group groups[] = {
    {"micro", "parse, reader, writer, id set, ledger alone", pf::bench::measure_micro},
    {"stages", "processor time of parse, handler and encoding", pf::bench::measure_stages},
    {"rate", "rows/s and processor time per row, by thread as well", pf::bench::measure_rate},
    {"sessions", "1 to 32 sessions", pf::bench::measure_sessions},
    {"sizes", "1,000 to 100,000 machines", pf::bench::measure_sizes},
    {"latency", "50 ms per answer: time and memory", pf::bench::measure_latency},
    {"start", "start to ready, idle memory, first row", pf::bench::measure_start},
    {"calls", "how often Prism is asked", pf::bench::measure_calls},
    {"receivers", "receivers that are slower than the host", pf::bench::measure_receivers},
    {"crowd", "32 collects at once", pf::bench::measure_crowd},
};

struct Arguments {
    Setting setting;
    std::string json;
    std::vector<std::string> wanted;
    bool help = false;
};

void print_help() {
    std::cout
        << "Measures prismforet on this machine; about five minutes.\n"
           "use: prismforet-bench [--quick] [--json FILE] [--bin DIR] [GROUP...]\n\n"
           "  --quick      fewer machines and repetitions, a look in about a minute\n"
           "  --json FILE  write the figures there as well\n"
           "  --bin DIR    where prism-sim and prismforet are; default: beside this program\n\n"
           "groups; all when none is named:\n";
    for (const Group& group : groups) {
        std::cout << "  " << group.name << std::string(11 - std::string(group.name).size(), ' ')
                  << group.help << "\n";
    }
}

// False: they make no sense, and why was said.
bool read(int argc, char** argv, Arguments& arguments) {
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool takes_value = word == "--json" || word == "--bin";
        if (takes_value && i + 1 == argc) {
            std::cerr << "prismforet-bench: " << word << " needs a value\n";
            return false;
        }
        if (word == "--help" || word == "-h") {
            arguments.help = true;
        } else if (word == "--quick") {
            arguments.setting.is_quick = true;
        } else if (word == "--json") {
            arguments.json = argv[++i];
        } else if (word == "--bin") {
            arguments.setting.programs = argv[++i];
        } else if (std::any_of(std::begin(groups), std::end(groups),
                               [&](const Group& group) { return group.name == word; })) {
            arguments.wanted.push_back(word);
        } else {
            std::cerr << "prismforet-bench: no group or option '" << word << "'; see --help\n";
            return false;
        }
    }
    return true;
}

int run(const Arguments& arguments) {
    Report report;
    for (const Group& group : groups) {
        const auto& wanted = arguments.wanted;
        if (wanted.empty() || std::find(wanted.begin(), wanted.end(), group.name) != wanted.end()) {
            group.run(arguments.setting, report);
        }
    }
    report.print_summary();
    if (!arguments.json.empty()) {
        std::ofstream file(arguments.json);
        file << report.json();
        if (!file.flush()) {
            std::cerr << "prismforet-bench: cannot write " << arguments.json << "\n";
            return 1;
        }
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        Arguments arguments;
        arguments.setting.programs = std::filesystem::canonical("/proc/self/exe").parent_path();
        if (!read(argc, argv, arguments)) {
            return 2;
        }
        if (arguments.help) {
            print_help();
            return 0;
        }
        return run(arguments);
    } catch (const std::exception& error) {
        std::cerr << "prismforet-bench: " << error.what() << "\n";
        return 1;
    }
}
