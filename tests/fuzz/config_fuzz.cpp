// The configuration: a YAML file, environment variables and flags, up to the targets it names. The
// parts of an input, between lines that hold "%%": the file, lines of NAME=value, lines of
// path=value.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/app/config.hpp"
#include "host/app/targets.hpp"
#include "host/observe/redact.hpp"
#include "host/runtime/request.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace pf::fuzz {
namespace {

using namespace pf::host;

// A file in memory, with a path.
class MemoryFile {
  public:
    explicit MemoryFile(std::string_view text) : fd_(::memfd_create("config.yaml", MFD_CLOEXEC)) {
        require(fd_ >= 0, "a file in memory can be made");
        for (std::size_t at = 0; at < text.size();) {
            const ssize_t put = ::write(fd_, text.data() + at, text.size() - at);
            require(put > 0, "a file in memory can be written");
            at += static_cast<std::size_t>(put);
        }
    }
    ~MemoryFile() { ::close(fd_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

  private:
    int fd_;
};

// A value may name a file to read, "-" among them: nobody is there to type.
[[maybe_unused]] const bool has_no_input = [] {
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    return nothing >= 0 && ::dup2(nothing, STDIN_FILENO) == STDIN_FILENO;
}();

app::Environment environment_of(std::string_view text) {
    app::Environment environment;
    for (std::string_view rest = text; !rest.empty();) {
        const FirstLine next = first_line(rest);
        rest = next.rest;
        const std::size_t equals = next.line.find('=');
        // Variables reach a program as C strings.
        if (equals != next.line.npos && next.line.find('\0') == next.line.npos) {
            environment.emplace(next.line.substr(0, equals), next.line.substr(equals + 1));
        }
    }
    environment.erase("PRISMFORET_CONFIG");
    return environment;
}

// The paths that flags of the program set.
constexpr std::array<const char*, 8> flag_paths = {
    "serve.grpc",  "serve.drain",    "log.level",        "log.format",
    "modules.dir", "modules.enable", "collect.clusters", "collect.kinds"};

std::vector<app::Override> overrides_of(std::string_view text) {
    std::vector<app::Override> overrides;
    for (std::string_view rest = text; !rest.empty();) {
        const FirstLine next = first_line(rest);
        rest = next.rest;
        const std::size_t equals = next.line.find('=');
        const std::string path(next.line.substr(0, equals));
        if (equals != next.line.npos &&
            std::find(flag_paths.begin(), flag_paths.end(), path) != flag_paths.end()) {
            overrides.push_back({path, std::string(next.line.substr(equals + 1)), "--flag"});
        }
    }
    return overrides;
}

void check_targets(const app::Config& config, const runtime::Options& options) {
    const auto requests = app::target_requests(config, {}, options);
    require_readable(requests.status(), 1u << 16);
    if (requests) {
        require(requests->size() == config.targets.size(), "each target is asked");
    }
}

void check_config(const app::LoadedConfig& loaded) {
    const app::Config& config = loaded.config;
    require(nlohmann::json::accept(config.collect_options), "options are JSON",
            config.collect_options);
    for (const auto& [name, json] : config.modules.configs) {
        require(nlohmann::json::accept(json), "a module gets JSON", json);
    }
    for (const std::string& warning : loaded.warnings) {
        require(!warning.empty() && is_utf8(warning), "a warning is readable", warning);
    }
    require(!config.serve.grpc.empty() && config.serve.drain.count() >= 0, "serving is decided");
    for (const auto& [path, value] : loaded.layers->leaves()) {
        require(!loaded.layers->origin(path).text().empty(), "a value has an origin", path);
    }
    const auto options = runtime::parse_options(config.collect_options);
    require_readable(options.status(), 1u << 16);
    if (options) {
        check_targets(config, *options);
    }
}

}  // namespace
}  // namespace pf::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    const std::string_view input = to_text(data, size);
    const std::vector<std::string_view> parts = parts_of(input);
    app::ConfigInputs inputs;
    if (parts.size() > 2) {
        inputs.overrides = overrides_of(parts[2]);
    }
    const MemoryFile file(parts[0]);
    inputs.file = file.path();
    const auto loaded =
        app::load_config(environment_of(parts.size() > 1 ? parts[1] : std::string_view()), inputs);
    require_readable(loaded.status(), 1u << 16);
    if (loaded) {
        check_config(*loaded);
    }
    observe::forget_secrets();
    return 0;
}
