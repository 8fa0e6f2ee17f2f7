// Every module that should not load, through the program and through the runtime: its own refusal
// with code, versions, rule and remedy, and a FAILURE row for what it was to bring.
#include <elf.h>
#include <signal.h>

#include <catch2/catch.hpp>
#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/abi/stage.hpp"
#include "tests/integration/program.hpp"

using namespace pf::test;
namespace fs = std::filesystem;
namespace rt = pf::host::runtime;

namespace {

struct Row {
    std::string module;
    std::string code;
    std::vector<std::string> rule;  // words of it, with both versions where there are two
    std::string fix;
};

// clang-format off
const std::vector<Row>& table() {
    static const std::vector<Row> rows = {
        {"wrong_major", "ERROR_MODULE_ABI",
         {"speaks pf_module_entry_v7, this host speaks ABI 0.9 (pf_module_entry_v0)"}, "rebuild the module"},
        {"wrong_major_in_table", "ERROR_MODULE_ABI",
         {"speaks ABI 7.9, this host speaks ABI 0.9"}, "rebuild the module"},
        {"newer_minor", "ERROR_MODULE_ABI",
         {"is built for ABI 0.10, this host speaks ABI 0.9"}, "upgrade the host"},
        {"short_struct", "ERROR_MODULE_ABI",
         {"its pf_module is 24 bytes, at least 40 are needed by ABI 0.9"}, "set struct_size"},
        {"entry_null", "ERROR_MODULE_ABI", {"its entry function returned nothing"}, "return a pf_module"},
        {"no_create", "ERROR_MODULE_ABI", {"has no create function"}, "set both"},
        {"no_entry", "ERROR_MODULE_SYMBOLS", {"does not export pf_module_entry_v0"}, "build it with"},
        {"extra_symbol", "ERROR_MODULE_SYMBOLS", {"fixture_extra_symbol"}, "link it with a version script"},
        {"forbidden", "ERROR_MODULE_NEEDED", {"needs libcrypto.so.3"}, "use the host's services"},
        {"unresolved", "ERROR_MODULE_UNRESOLVED",
         {"undefined symbol: fixture_nobody_has_this"}, "link it with -z defs"},
        {"broken_json", "ERROR_MODULE_DESCRIPTOR", {"broken_json.module.json"}, "mend descriptor.json"},
        {"invalid", "ERROR_MODULE_DESCRIPTOR", {"Missing required"}, "mend descriptor.json"},
        {"broken_rule", "ERROR_MODULE_DESCRIPTOR", {"there is no endpoint 'thinks'"}, "mend descriptor.json"},
        {"differs", "ERROR_MODULE_DESCRIPTOR_DIFFERS", {"at byte"}, "build library and descriptor"},
        {"second_good", "ERROR_MODULE_DUPLICATE", {"makes the kind 'good', which module good"}, "take one of"},
        {"create_fails", "ERROR_MODULE_CREATE", {"its create returned INVALID_ARGUMENT"}, "see what it logged"},
        {"create_garbage", "ERROR_MODULE_CREATE", {"returned 4711, which is no status"}, "see what it logged"},
        {"throws", "ERROR_MODULE_CREATE", {"its create threw an exception"}, "no exception may leave"},
        {"registers_nothing", "ERROR_MODULE_CREATE", {"registered no table"}, "call add in create"},
        {"registers_twice", "ERROR_MODULE_CREATE", {"registered pf.inventory/1 twice"}, "mend its create"},
        {"registers_short", "ERROR_MODULE_CREATE", {"has 8 bytes, at least 16"}, "mend its create"},
        {"registers_unknown", "ERROR_MODULE_CREATE", {"'pf.telepathy/1'"}, "mend its create"},
        // Made here of a good one.
        {"not_elf", "ERROR_MODULE_NOT_ELF", {"is not an ELF file"}, "put the module's shared library"},
        {"half", "ERROR_MODULE_NOT_ELF", {"is damaged"}, "copy the file again"},
        {"foreign", "ERROR_MODULE_ARCHITECTURE", {"is built for riscv, this host for "}, "install the module's build"},
        {"narrow", "ERROR_MODULE_ARCHITECTURE", {"is built for a 32 bit little endian"}, "install the module's build"},
        {"renamed", "ERROR_MODULE_NAME", {"says it is the module 'good'"}, "do not rename"},
        {"alone", "ERROR_MODULE_SIDECAR", {"alone.module.json cannot be read"}, "install it beside"},
    };
    return rows;
}
// clang-format on

void derive(const std::string& name, const fs::path& to, const std::string& library) {
    write_bytes(to / (name + ".so"), library);
    std::string descriptor = read_bytes(loading_badly() / "good.module.json");
    for (std::size_t at = 0; (at = descriptor.find("\"good\"", at)) != descriptor.npos;) {
        descriptor.replace(at, 6, "\"" + name + "\"");
    }
    write_bytes(to / (name + ".module.json"), descriptor);
}

void install_all(const fs::path& to) {
    install_module("vm", shipped(), to);
    install_module("good", loading_badly(), to);
    for (const Row& row : table()) {
        if (fs::exists(loading_badly() / (row.module + ".so"))) {
            install_module(row.module, loading_badly(), to);
        }
    }
    const std::string good = read_bytes(loading_badly() / "good.so");
    derive("not_elf", to, "#!/bin/sh\n");
    derive("half", to, good.substr(0, good.size() / 2));
    std::string patched = good;
    patched[offsetof(Elf64_Ehdr, e_machine)] = static_cast<char>(EM_RISCV);
    derive("foreign", to, patched);
    patched = good;
    patched[EI_CLASS] = static_cast<char>(ELFCLASS32);
    derive("narrow", to, patched);
    write_bytes(to / "renamed.so", good);
    fs::copy_file(loading_badly() / "good.module.json", to / "renamed.module.json");
    write_bytes(to / "alone.so", good);
}

}  // namespace

TEST_CASE("what a refused module was to bring is a FAILURE row, and the others work") {
    constexpr std::uint32_t vms = 120;
    Stage stage(vms);
    install_all(stage.modules());
    std::vector<std::string> kinds = {"vm"};
    for (const Row& row : table()) {
        kinds.push_back(row.module);
    }
    const Collected run = stage.collect(kinds);
    INFO(run.report.to_json());
    CHECK(run.end.text() == "OK");
    CHECK(run.list("vm").is_complete);
    CHECK(run.list("vm").emitted == vms);
    CHECK(describe(run.rows.finish()) == "");
    for (const Row& row : table()) {
        INFO(row.module);
        // Its kind is known only from a good descriptor; asked for by name, it is missing anyway.
        const rt::Reason* const reason = run.missing(row.module, "ERROR_MODULE_UNAVAILABLE");
        if (row.code == "ERROR_MODULE_DUPLICATE") {
            CHECK(stage.application().modules().refusal_of_module(row.module).reason() == row.code);
            continue;
        }
        REQUIRE(reason != nullptr);
        CHECK_THAT(reason->text, Catch::Contains("module " + row.module + " is not in service: ") &&
                                     Catch::Contains(row.code) && Catch::Contains(row.fix));
    }
    CHECK(run.report.failure_rows == run.report.missing.size());
}

TEST_CASE("modules list and inspect tell each refusal in full and exit with 7") {
    const TestDirectory root;
    const fs::path modules = root.path() / "modules";
    install_all(modules);
    const fs::path config = root.path() / "prismforet.yaml";
    const nlohmann::json text = {
        {"modules", {{"dir", modules.string()}, {"state_dir", (root.path() / "state").string()}}}};
    write_bytes(config, text.dump());
    const Ended list = run_program({"--config", config.string(), "modules", "list", "-o", "json"});
    INFO(list.err);
    CHECK(list.exit_code == 7);
    const auto items = nlohmann::json::parse(list.out).at("items");
    for (const Row& row : table()) {
        INFO(row.module);
        const auto at = std::find_if(items.begin(), items.end(), [&](const auto& item) {
            return item.at("name") == row.module;
        });
        REQUIRE(at != items.end());
        CHECK(at->at("state") == "refused");
        CHECK(at->at("code") == row.code);
        const std::string reason = at->at("reason");
        CHECK_THAT(reason, Catch::StartsWith("module " + row.module + " ("));
        CHECK_THAT(list.err, Catch::Contains("error[" + row.code + "]: module " + row.module));
        for (const std::string& words : row.rule) {
            CHECK_THAT(reason, Catch::Contains(words));
            CHECK_THAT(list.err, Catch::Contains(words));
        }
        CHECK_THAT(list.err, Catch::Contains("  try: " + row.fix));
    }
    for (const char* name : {"wrong_major", "invalid", "registers_twice", "narrow", "alone"}) {
        const auto row = std::find_if(table().begin(), table().end(),
                                      [&](const Row& each) { return each.module == name; });
        const Ended one = run_program({"--config", config.string(), "modules", "inspect",
                                       (modules / (row->module + ".so")).string()});
        INFO(one.err);
        CHECK(one.exit_code == 7);
        CHECK_THAT(one.err, Catch::StartsWith("error[" + row->code + "]: module " + name) &&
                                Catch::Contains(row->rule[0]) &&
                                Catch::Contains("  try: " + row->fix));
    }
}

TEST_CASE("a module that ends the process while it is loaded is named") {
    const Ended constructor =
        run_program({"modules", "inspect", (loading_badly() / "constructor_throws.so").string()});
    CHECK(constructor.signal == SIGABRT);
    CHECK_THAT(constructor.err,
               Catch::Contains("prismforet: crashed in module constructor_throws (signal 6, "
                               "SIGABRT) during loading; "));
    const Ended create =
        run_program({"modules", "inspect", (loading_badly() / "create_crashes.so").string()});
    CHECK(create.signal == SIGABRT);
    CHECK_THAT(create.err, Catch::Contains("crashed in module create_crashes (signal 6, SIGABRT) "
                                           "during create; "));
}
