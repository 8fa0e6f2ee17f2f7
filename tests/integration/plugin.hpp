// A whole plugin in this process: modules loaded from the build, the inventory role on a free
// port. What the program `prismforet serve` wires, for tests that need to look inside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "host/runtime/modules.hpp"

namespace pf::test {

struct PluginConfig {
    std::filesystem::path modules{};               // directory; empty = the build's modules
    std::vector<std::string> enable{};             // empty = what is there; of the build's own: vm
    std::map<std::string, std::string> configs{};  // JSON text of an object, by module
    bool has_all = false;                          // every module of the build
};

class Plugin {
  public:
    explicit Plugin(const PluginConfig& config = {});
    ~Plugin();
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;

    std::string address() const;  // "127.0.0.1:port"
    host::runtime::Modules& modules();
    // Cuts what is running after `grace_ms` and closes the port.
    void shutdown(std::uint32_t grace_ms);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// secret_data for a simulator on `port`.
std::string secret_for(std::uint16_t port, const std::string& ca_pem,
                       const std::string& password = "nutanix/4u");

}  // namespace pf::test
