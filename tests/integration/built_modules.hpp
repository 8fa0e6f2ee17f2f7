// The modules of this build, loaded as the program does it.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "host/runtime/modules.hpp"

namespace pf::test {

class BuiltModules {
  public:
    // Loads from `directory` (empty: the build's own) the modules named in `enable` (empty: all),
    // each with its entry of `configs`, JSON text of an object. One that is refused is listed with
    // its refusal. [main]
    explicit BuiltModules(const std::filesystem::path& directory = {},
                          const std::vector<std::string>& enable = {},
                          const std::map<std::string, std::string>& configs = {});
    ~BuiltModules();
    BuiltModules(const BuiltModules&) = delete;
    BuiltModules& operator=(const BuiltModules&) = delete;

    // What a runtime::Inventory is made from. Valid as long as this object.
    host::runtime::Modules& modules();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::test
