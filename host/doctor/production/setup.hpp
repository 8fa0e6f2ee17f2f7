// What the production checks look at: what an operator decided, and this machine.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pf::host::doctor {

// A credential that stands somewhere in clear text. Never the credential itself.
struct ClearSecret {
    std::string path;    // "targets[0].auth.password"
    std::string origin;  // "/etc/prismforet/config.yaml:12", "environment HTTPS_PROXY"
    bool is_environment = false;
};

struct Setup {
    std::vector<ClearSecret> clear_secrets;
    std::vector<std::filesystem::path> secret_files;  // that the configuration names
    std::vector<std::filesystem::path> module_directories;
    std::vector<std::string> expected_modules;  // modules.enable
    std::string grpc_address;                   // where CloudForet reaches it
    std::string status_address;                 // empty: no status port
    bool has_json_log = false;
    std::string log_level;  // "info"
    std::chrono::milliseconds drain{0};
    std::uint32_t replicas = 1;
    std::chrono::milliseconds budget{0};  // of a collection; 0: without end
    std::uint32_t sessions = 8;           // towards one Prism Central
    bool is_in_kubernetes = false;
    // Where /proc and /sys are; tests give a folder of their own.
    std::filesystem::path machine_root = "/";
};

}  // namespace pf::host::doctor
