#include "host/loader/loader.hpp"

#include <elf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "host/loader/test_directory.hpp"

namespace fs = std::filesystem;
using namespace pf::host::loader;
using pf::host::Code;
using pf::test::TestDirectory;

namespace {

const fs::path fixtures = PF_FIXTURES;

void install(const std::string& name, const fs::path& directory) {
    fs::create_directories(directory);
    for (const char* suffix : {".so", ".module.json"}) {
        fs::copy_file(fixtures / (name + suffix), directory / (name + suffix));
    }
}

// One installation with its own state, for one test.
struct Setup {
    TestDirectory root;
    fs::path modules = root.path() / "modules";
    fs::path state = root.path() / "state";

    Setup() { fs::create_directories(modules); }
    explicit Setup(const std::vector<std::string>& names) : Setup() {
        for (const std::string& name : names) {
            install(name, modules);
        }
    }
    LoaderConfig config() const { return {{modules}, {}, {}, state}; }
    std::vector<LoadedModule> load() const { return load_modules(config()); }
};

const LoadedModule& named(const std::vector<LoadedModule>& modules, const std::string& name) {
    const auto found = std::find_if(modules.begin(), modules.end(),
                                    [&](const LoadedModule& m) { return m.name == name; });
    REQUIRE(found != modules.end());
    return *found;
}

}  // namespace

TEST_CASE("a good module is loaded from a private copy") {
    const Setup setup({"good"});
    const auto modules = setup.load();
    REQUIRE(modules.size() == 1);
    const LoadedModule& good = modules[0];
    REQUIRE(good.refusal.text() == "OK");
    CHECK(good.path == (setup.modules / "good.so").string());
    CHECK(good.sha256.size() == 64);
    CHECK(good.loaded_from == (setup.state / "modules" / "gen" / good.sha256 / "good.so").string());
    CHECK(pf::test::read_bytes(good.loaded_from) == pf::test::read_bytes(good.path));
    CHECK(good.descriptor.outputs.at(0).kind == "good");
    CHECK(good.config_json == "{}");
    CHECK(good.notes.empty());
    const auto instance = create_instance(good, nullptr, pf_val{});
    REQUIRE(instance.ok());
    const auto inventory = instance->concerns.get<pf_inventory>(PF_INVENTORY_ID);
    CHECK(inventory.table->collect(inventory.self, nullptr, 0, {}, {}) == PF_OK);
}

TEST_CASE("overwriting the installed file does not touch a loaded module") {
    const Setup setup({"good"});
    const auto modules = setup.load();
    pf::test::write_bytes(setup.modules / "good.so", "no longer a library");
    CHECK(create_instance(modules.at(0), nullptr, pf_val{}).ok());
    CHECK(setup.load().at(0).refusal.reason() == "ERROR_MODULE_NOT_ELF");
}

TEST_CASE("each broken module has its own refusal, and the good ones work") {
    struct Row {
        std::string name;
        std::string reason;
        std::vector<std::string> words;  // rule, both sides, fix
    };
    const std::vector<Row> rows = {
        {"wrong_major", "ERROR_MODULE_ABI", {"pf_module_entry_v7", "ABI 0.9", "rebuild"}},
        {"wrong_major_in_table", "ERROR_MODULE_ABI", {"speaks ABI 7.9", "ABI 0.9", "rebuild"}},
        {"no_entry", "ERROR_MODULE_SYMBOLS", {"does not export pf_module_entry_v0"}},
        {"entry_null", "ERROR_MODULE_ABI", {"entry function returned nothing", "static storage"}},
        {"no_create", "ERROR_MODULE_ABI", {"has no create function", "ABI 0.9", "set both"}},
        {"short_struct", "ERROR_MODULE_ABI", {"is 24 bytes", "at least 40", "ABI 0.9"}},
        {"newer_minor", "ERROR_MODULE_ABI", {"ABI 0.10", "ABI 0.9", "upgrade the host"}},
        {"invalid", "ERROR_MODULE_DESCRIPTOR", {"invalid.module.json", "Missing required"}},
        {"broken_json", "ERROR_MODULE_DESCRIPTOR", {"broken_json.module.json", "mend"}},
        {"broken_rule",
         "ERROR_MODULE_DESCRIPTOR",
         {"outputs[0].endpoint", "no endpoint 'thinks'", "did you mean 'things'"}},
        {"differs", "ERROR_MODULE_DESCRIPTOR_DIFFERS", {"at byte", "build library and"}},
        {"unresolved",
         "ERROR_MODULE_UNRESOLVED",
         {"undefined symbol: fixture_nobody_has_this;", "-z defs"}},
        {"extra_symbol", "ERROR_MODULE_SYMBOLS", {"fixture_extra_symbol", "version script"}},
        {"forbidden", "ERROR_MODULE_NEEDED", {"libcrypto.so.3", "libgcc_s only"}},
    };
    Setup setup({"good", "other_good"});
    for (const Row& row : rows) {
        install(row.name, setup.modules);
    }
    const auto modules = setup.load();
    CHECK(modules.size() == rows.size() + 2);
    for (const Row& row : rows) {
        const LoadedModule& module = named(modules, row.name);
        INFO(module.refusal.text());
        CHECK(module.refusal.reason() == row.reason);
        CHECK(module.entry == nullptr);
        CHECK_THAT(module.refusal.message(),
                   Catch::StartsWith("module " + row.name + " (" + module.path + "): "));
        for (const std::string& word : row.words) {
            CHECK_THAT(module.refusal.message(), Catch::Contains(word));
        }
        CHECK_FALSE(create_instance(module, nullptr, pf_val{}).ok());
        // Its kinds stay known, as they are still expected.
        CHECK(module.descriptor.outputs.empty() == (row.reason == "ERROR_MODULE_DESCRIPTOR"));
    }
    for (const char* name : {"good", "other_good"}) {
        CHECK(create_instance(named(modules, name), nullptr, pf_val{}).ok());
    }
}

TEST_CASE("modules that load and fail in create") {
    struct Row {
        std::string name;
        Code code;
        std::string words;
    };
    const std::vector<Row> rows = {
        {"create_fails", Code::invalid_argument, "its create returned INVALID_ARGUMENT"},
        {"create_garbage", Code::unknown, "its create returned 4711, which is no status"},
        {"throws", Code::failed_precondition, "threw an exception"},
        {"registers_nothing", Code::failed_precondition, "registered no table"},
        {"registers_twice", Code::failed_precondition, "registered pf.inventory/1 twice"},
        {"registers_short", Code::failed_precondition, "has 8 bytes, at least 16 are needed"},
        {"registers_unknown", Code::failed_precondition, "'pf.telepathy/1'; it knows pf.inventory"},
    };
    Setup setup({"good"});
    for (const Row& row : rows) {
        install(row.name, setup.modules);
    }
    const auto modules = setup.load();
    for (const Row& row : rows) {
        const auto instance = create_instance(named(modules, row.name), nullptr, pf_val{});
        INFO(instance.status().text());
        CHECK(instance.status().reason() == "ERROR_MODULE_CREATE");
        CHECK(instance.status().code() == row.code);
        CHECK_THAT(instance.status().message(), Catch::Contains(row.words));
        CHECK_THAT(instance.status().message(), Catch::Contains("; "));
    }
    CHECK(create_instance(named(modules, "good"), nullptr, pf_val{}).ok());
}

TEST_CASE("files that are no library of this machine") {
    const Setup setup({"good", "other_good", "no_entry"});
    pf::test::write_bytes(setup.modules / "good.so", "#!/bin/sh\n");
    std::string other = pf::test::read_bytes(setup.modules / "other_good.so");
    other[offsetof(Elf64_Ehdr, e_machine)] = static_cast<char>(EM_RISCV);
    pf::test::write_bytes(setup.modules / "other_good.so", other);
    std::string small = pf::test::read_bytes(setup.modules / "no_entry.so");
    small[EI_CLASS] = static_cast<char>(ELFCLASS32);
    pf::test::write_bytes(setup.modules / "no_entry.so", small);
    const auto modules = setup.load();
    CHECK(named(modules, "no_entry").refusal.reason() == "ERROR_MODULE_ARCHITECTURE");
    CHECK_THAT(named(modules, "no_entry").refusal.message(),
               Catch::Contains("32 bit little endian machine, this host for ") &&
                   Catch::Contains("; install the module's build for "));
    CHECK(named(modules, "good").refusal.reason() == "ERROR_MODULE_NOT_ELF");
    CHECK(named(modules, "good").descriptor.outputs.at(0).kind == "good");
    const LoadedModule& foreign = named(modules, "other_good");
    CHECK(foreign.refusal.reason() == "ERROR_MODULE_ARCHITECTURE");
    CHECK_THAT(foreign.refusal.message(), Catch::Contains("built for riscv, this host for "));
}

TEST_CASE("sidecar missing, library missing, library renamed, library a directory") {
    const Setup setup({"good", "other_good", "forbidden"});
    fs::remove(setup.modules / "good.module.json");
    fs::remove(setup.modules / "other_good.so");
    fs::rename(setup.modules / "forbidden.so", setup.modules / "renamed.so");
    fs::rename(setup.modules / "forbidden.module.json", setup.modules / "renamed.module.json");
    fs::copy_file(fixtures / "good.so", setup.modules / "renamed.so",
                  fs::copy_options::overwrite_existing);
    fs::create_directory(setup.modules / "folder.so");
    const auto modules = setup.load();
    CHECK(named(modules, "good").refusal.reason() == "ERROR_MODULE_SIDECAR");
    CHECK(named(modules, "other_good").refusal.reason() == "ERROR_MODULE_UNAVAILABLE");
    CHECK(named(modules, "other_good").descriptor.outputs.at(0).kind == "other_good");
    CHECK(named(modules, "renamed").refusal.reason() == "ERROR_MODULE_NAME");
    CHECK(named(modules, "folder").refusal.reason() == "ERROR_MODULE_FILE");
}

TEST_CASE("what is expected is decided by the configuration") {
    const Setup setup({"good", "other_good"});
    LoaderConfig config = setup.config();
    config.enable = {"good", "goood", "../good"};
    const auto modules = load_modules(config);
    REQUIRE(modules.size() == 3);
    CHECK(named(modules, "good").refusal.ok());
    const LoadedModule& missing = named(modules, "goood");
    CHECK(missing.refusal.reason() == "ERROR_MODULE_UNAVAILABLE");
    CHECK_THAT(missing.refusal.message(),
               Catch::Contains(setup.modules.string()) && Catch::Contains("did you mean 'good'?"));
    CHECK(named(modules, "../good").refusal.reason() == "ERROR_MODULE_UNAVAILABLE");
}

TEST_CASE("a second module of the same name is refused, whatever became of the first") {
    const Setup setup({"good"});
    const fs::path second = setup.root.path() / "second";
    install("good", second);
    LoaderConfig config = setup.config();
    config.directories = {setup.modules, second, setup.modules / "."};
    const auto modules = load_modules(config);
    REQUIRE(modules.size() == 2);
    CHECK(modules[0].refusal.ok());
    CHECK(modules[1].refusal.reason() == "ERROR_MODULE_DUPLICATE");
    CHECK_THAT(modules[1].refusal.message(),
               Catch::Contains((second / "good.so").string()) &&
                   Catch::Contains((setup.modules / "good.so").string()));
}

TEST_CASE("a kind has one maker, the first that can") {
    const Setup setup({"good", "second_good"});
    auto modules = setup.load();
    CHECK(named(modules, "good").refusal.ok());
    CHECK(named(modules, "second_good").refusal.reason() == "ERROR_MODULE_DUPLICATE");
    CHECK_THAT(named(modules, "second_good").refusal.message(),
               Catch::Contains("makes the kind 'good', which module good (") &&
                   Catch::Contains("take one of the two out"));
    CHECK_FALSE(create_instance(named(modules, "second_good"), nullptr, pf_val{}).ok());
    pf::test::write_bytes(setup.modules / "good.so", "no library");
    modules = setup.load();
    CHECK(named(modules, "second_good").refusal.ok());
}

TEST_CASE("a directory that cannot be read is told, and the others are used") {
    const Setup setup({"good"});
    LoaderConfig config = setup.config();
    config.directories.push_back(setup.root.path() / "nowhere");
    const auto modules = load_modules(config);
    REQUIRE(modules.size() == 2);
    CHECK(named(modules, "*").refusal.reason() == "ERROR_MODULE_DIRECTORY");
    CHECK(named(modules, "good").refusal.ok());
    CHECK(list_modules(setup.root.path() / "nowhere").status().reason() ==
          "ERROR_MODULE_DIRECTORY");
    CHECK(*list_modules(setup.modules) == std::vector<std::string>{"good"});
}

TEST_CASE("the configuration of a module is checked before it is loaded") {
    const Setup setup({"good", "other_good"});
    LoaderConfig config = setup.config();
    config.configs = {{"good", R"({"depth": -1})"}, {"other_good", R"({"depth": 1})"}};
    const auto modules = load_modules(config);
    CHECK(named(modules, "good").refusal.reason() == "ERROR_MODULE_CONFIG");
    CHECK(named(modules, "good").loaded_from.empty());
    CHECK(named(modules, "other_good").refusal.ok());
    CHECK(named(modules, "other_good").config_json == R"({"depth": 1})");
}

TEST_CASE("without a place for copies a module is loaded in place, with a note") {
    const Setup setup({"good"});
    // A state directory that is a file cannot be used; neither can the temporary directory then.
    pf::test::write_bytes(setup.root.path() / "file", "");
    const char* const before = ::getenv("TMPDIR");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("TMPDIR", (setup.root.path() / "closed").c_str(), 1);
    fs::create_directory(setup.root.path() / "closed");
    const std::string own = "prismforet-" + std::to_string(::geteuid());
    pf::test::write_bytes(setup.root.path() / "closed" / own, "");
    LoaderConfig config = setup.config();
    config.state_dir = setup.root.path() / "file";
    const auto modules = load_modules(config);
    before == nullptr ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
    REQUIRE(modules.at(0).refusal.text() == "OK");
    CHECK(modules[0].loaded_from == modules[0].path);
    REQUIRE(modules[0].notes.size() == 3);
    CHECK_THAT(modules[0].notes.back(), Catch::Contains("loaded in place"));
}

TEST_CASE("a library that everybody may overwrite is loaded with a warning") {
    const Setup setup({"good"});
    fs::permissions(setup.modules / "good.so", fs::perms(0757));
    const auto modules = setup.load();
    CHECK(modules.at(0).refusal.ok());
    REQUIRE(modules[0].notes.size() == 1);
    CHECK_THAT(modules[0].notes[0], Catch::Contains("writable by everybody"));
}
