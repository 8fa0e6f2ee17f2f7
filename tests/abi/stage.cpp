#include "tests/abi/stage.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "host/services/handling.hpp"

namespace pf::test {

namespace fs = std::filesystem;
namespace rt = host::runtime;

namespace {

sim::Config prism_of(std::uint32_t vms) {
    sim::Config config;
    config.vms = vms;
    return config;
}

// Keeps every row and checks it.
class Keeper final : public rt::RowSink {
  public:
    explicit Keeper(Collected& into) : into_(into) {}
    host::encoding::RowFormat format() const override {
        return host::encoding::RowFormat::wire_json_data;
    }
    bool write(rt::RowBatch& batch) override {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            into_.rows.add(batch.row(i));
            into_.row_bytes.emplace_back(batch.row(i));
        }
        return true;
    }
    bool is_gone() override { return false; }

  private:
    Collected& into_;
};

template <class T>
T taken(host::Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.status().text());
    }
    return std::move(result).value();
}

}  // namespace

void install_module(const std::string& name, const fs::path& from, const fs::path& to) {
    fs::create_directories(to);
    for (const char* suffix : {".so", ".module.json"}) {
        fs::copy_file(from / (name + suffix), to / (name + suffix),
                      fs::copy_options::overwrite_existing);
    }
}

fs::path running_badly() { return PF_RUNNING_BADLY; }
fs::path loading_badly() { return PF_LOADING_BADLY; }
fs::path shipped() { return PF_SHIPPED; }

const rt::Reason* Collected::missing(const std::string& kind, const std::string& code) const {
    const auto at = std::find_if(
        report.missing.begin(), report.missing.end(),
        [&](const rt::Reason& reason) { return reason.kind == kind && reason.code == code; });
    return at == report.missing.end() ? nullptr : &*at;
}

rt::ListReport Collected::list(const std::string& kind) const {
    const auto at = std::find_if(report.lists.begin(), report.lists.end(),
                                 [&](const rt::ListReport& one) { return one.kind == kind; });
    return at == report.lists.end() ? rt::ListReport{} : *at;
}

Stage::Stage(std::uint32_t vms)
    : modules_(root_.path() / "modules"),
      release_(root_.path() / "release"),
      prism_(prism_of(vms)) {
    fs::create_directories(modules_);
}

Stage::~Stage() { release(); }

host::app::Application& Stage::application() {
    if (!application_) {
        host::app::Config config;
        config.modules.dir = modules_.string();
        config.modules.state_dir = (root_.path() / "state").string();
        const std::string release = nlohmann::json{{"release", release_.string()}}.dump();
        for (const auto& file : fs::directory_iterator(modules_)) {
            if (fs::exists(running_badly() / file.path().filename())) {
                config.modules.configs[file.path().stem().string()] = release;
            }
        }
        application_ = std::make_unique<host::app::Application>(config);
    }
    return *application_;
}

Collected Stage::collect(const std::vector<std::string>& kinds, const host::Stop& stop) {
    rt::Request request;
    request.options = taken(
        rt::parse_options(nlohmann::json{{"requests_per_second", 0}, {"kinds", kinds}}.dump()));
    const nlohmann::json secret = {{"host", "127.0.0.1"},
                                   {"port", prism_.port()},
                                   {"username", "admin"},
                                   {"password", "nutanix/4u"},
                                   {"ca_cert", prism_.ca_pem()}};
    request.targets = taken(rt::parse_secret(secret.dump(), request.options));
    Collected collected;
    Keeper keeper(collected);
    collected.end = application().inventory().collect(request, keeper, stop, collected.report);
    return collected;
}

void Stage::release() {
    write_bytes(release_, "");
    // What hangs looks for the file every millisecond; CTest's limit ends a test that waits in
    // vain.
    while (host::services::Handling::count() > 0) {
        std::this_thread::yield();
    }
}

}  // namespace pf::test

// A handler that was left behind ends on a thread that nobody joins, maybe while the process exits:
// Poco's pool of buffers, which outlives everything, may then be taken for lost.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:Poco::MemoryPool\n"; }
