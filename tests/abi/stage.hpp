// Stage: the host as the program wires it, with the modules a test puts there and a simulated Prism
// Central, asked through the runtime and without a port.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/app/application.hpp"
#include "host/loader/test_directory.hpp"
#include "host/runtime/report.hpp"
#include "tests/prism_sim/server.hpp"
#include "tests/row_check/row_check.hpp"

namespace pf::test {

// Copies a module's library and descriptor from one directory into another.
void install_module(const std::string& name, const std::filesystem::path& from,
                    const std::filesystem::path& to);

// Where the build puts modules that misbehave when they run, and those that should not load.
std::filesystem::path running_badly();
std::filesystem::path loading_badly();
// Where the build puts the modules that are shipped.
std::filesystem::path shipped();

// A check that does not ask for what the rows of other kinds bring.
inline RowCheck rows_of_a_part() {
    RowCheckOptions options;
    options.whole_run = false;
    return RowCheck(std::move(options));
}

// What came of one collect.
struct Collected {
    host::Status end;
    host::runtime::RunReport report;
    RowCheck rows = rows_of_a_part();
    std::vector<std::string> row_bytes;

    // The reason `code` of `kind`; null when there is none.
    const host::runtime::Reason* missing(const std::string& kind, const std::string& code) const;
    // The first list of `kind`; all zero when there is none.
    host::runtime::ListReport list(const std::string& kind) const;
};

class Stage {
  public:
    explicit Stage(std::uint32_t vms);
    // Ends what never ends by itself, and waits for it.
    ~Stage();

    // Where modules go; put them there before the first use of application().
    const std::filesystem::path& modules() const { return modules_; }
    host::app::Application& application();
    // Collects `kinds` without tasks, until `stop`.
    Collected collect(const std::vector<std::string>& kinds, const host::Stop& stop = {});
    // Lets modules go that wait for it, and waits until no handler runs.
    void release();
    const sim::Simulator& prism() const { return prism_; }

  private:
    TestDirectory root_;
    std::filesystem::path modules_;
    std::filesystem::path release_;
    sim::Simulator prism_;
    std::unique_ptr<host::app::Application> application_;
};

}  // namespace pf::test
