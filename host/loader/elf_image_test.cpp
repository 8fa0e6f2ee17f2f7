#include "host/loader/elf_image.hpp"

#include <elf.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <random>
#include <string>

#include "host/loader/test_directory.hpp"

using pf::host::loader::check_exports;
using pf::host::loader::check_needed;
using pf::host::loader::ElfImage;
using pf::host::loader::read_elf_image;

namespace {

std::string good_library() { return pf::test::read_bytes(PF_FIXTURES "/good.so"); }

template <class T>
void append(std::string& bytes, const T& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// The smallest library with `count` exported symbols that share one name.
std::string image_of_symbols(std::uint32_t count, const std::string& name) {
    constexpr std::uint64_t dynamic = sizeof(Elf64_Ehdr) + 2 * sizeof(Elf64_Phdr);
    constexpr std::uint64_t hash = dynamic + 5 * sizeof(Elf64_Dyn);
    constexpr std::uint64_t symbols = hash + 2 * sizeof(std::uint32_t);
    const std::uint64_t strings = symbols + count * sizeof(Elf64_Sym);
    const std::uint64_t size = strings + name.size() + 1;
    std::string bytes = good_library().substr(0, sizeof(Elf64_Ehdr));
    auto* const header = reinterpret_cast<Elf64_Ehdr*>(bytes.data());
    header->e_phoff = sizeof(Elf64_Ehdr);
    header->e_phnum = 2;
    append(bytes, Elf64_Phdr{PT_LOAD, PF_R, 0, 0, 0, size, size, 8});
    append(bytes, Elf64_Phdr{PT_DYNAMIC, PF_R, dynamic, dynamic, 0, 5 * sizeof(Elf64_Dyn), 0, 8});
    const std::pair<std::int64_t, std::uint64_t> tags[] = {{DT_STRTAB, strings},
                                                           {DT_STRSZ, name.size() + 1},
                                                           {DT_SYMTAB, symbols},
                                                           {DT_HASH, hash},
                                                           {DT_NULL, 0}};
    for (const auto& [tag, value] : tags) {
        Elf64_Dyn entry{};
        entry.d_tag = tag;
        entry.d_un.d_val = value;
        append(bytes, entry);
    }
    append(bytes, std::uint32_t{1});
    append(bytes, count);
    for (std::uint32_t i = 0; i < count; ++i) {
        append(bytes, Elf64_Sym{0, ELF64_ST_INFO(STB_GLOBAL, STT_FUNC), STV_DEFAULT, 1, 0, 0});
    }
    return bytes + name + std::string(1, '\0');
}

std::string reason_of(const std::string& bytes) { return read_elf_image(bytes).status().reason(); }

}  // namespace

TEST_CASE("a library is read without loading it") {
    const auto image = read_elf_image(good_library());
    REQUIRE(image.status().message() == "");
    CHECK(image->exported == std::vector<std::string>{"pf_module_entry_v0"});
    CHECK(check_exports(*image).ok());
    CHECK(check_needed(*image).ok());
}

TEST_CASE("other files than libraries of this machine are refused by their header") {
    CHECK(reason_of("") == "ERROR_MODULE_NOT_ELF");
    CHECK(reason_of("#!/bin/sh\n") == "ERROR_MODULE_NOT_ELF");
    CHECK(reason_of(good_library().substr(0, 20)) == "ERROR_MODULE_NOT_ELF");
    CHECK(reason_of(pf::test::read_bytes("/proc/self/exe").substr(0, 3000)) ==
          "ERROR_MODULE_NOT_ELF");

    std::string other = good_library();
    other[offsetof(Elf64_Ehdr, e_machine)] = static_cast<char>(EM_S390);
    other[offsetof(Elf64_Ehdr, e_machine) + 1] = 0;
    CHECK(reason_of(other) == "ERROR_MODULE_ARCHITECTURE");
    CHECK_THAT(read_elf_image(other).status().message(), Catch::Contains("built for s390"));

    std::string narrow = good_library();
    narrow[EI_CLASS] = ELFCLASS32;
    CHECK_THAT(read_elf_image(narrow).status().message(), Catch::Contains("32 bit little endian"));

    std::string program = good_library();
    program[offsetof(Elf64_Ehdr, e_type)] = ET_EXEC;
    CHECK_THAT(read_elf_image(program).status().message(), Catch::Contains("not a shared library"));
}

TEST_CASE("a library cut anywhere is refused or still whole, never read past its end") {
    const std::string whole = good_library();
    for (std::size_t length = 0; length < whole.size(); length += 1 + whole.size() / 997) {
        const auto image = read_elf_image(whole.substr(0, length));
        if (image.ok()) {
            CHECK(image->exported == std::vector<std::string>{"pf_module_entry_v0"});
        } else {
            CHECK(image.status().reason() == "ERROR_MODULE_NOT_ELF");
        }
    }
}

TEST_CASE("flipped bytes never lead the reader astray") {
    const std::string whole = good_library();
    std::mt19937_64 dice(7);
    for (int i = 0; i < 3000; ++i) {
        std::string bytes = whole;
        // The first 4 KiB hold the headers, hash table, symbols and names of this small library.
        const std::size_t range = i % 2 == 0 ? 1024 : 4096;
        for (std::size_t n = 1 + dice() % 8; n > 0; --n) {
            bytes[dice() % std::min(range, bytes.size())] = static_cast<char>(dice() % 256);
        }
        const auto image = read_elf_image(bytes);
        CHECK((image.ok() || image.status().reason() == "ERROR_MODULE_NOT_ELF" ||
               image.status().reason() == "ERROR_MODULE_ARCHITECTURE"));
    }
}

TEST_CASE("names that are longer than the file altogether are refused") {
    // One long text in the string table, and many symbols that are called so.
    const std::string image = image_of_symbols(50, std::string(500, 'x'));
    REQUIRE(read_elf_image(image_of_symbols(1, std::string(500, 'x'))).ok());
    CHECK(reason_of(image) == "ERROR_MODULE_NOT_ELF");
}

TEST_CASE("a refusal can be read whatever the names in the file are") {
    const ElfImage odd{{"pf_module_entry_v0", "\x1b[31m\xff" + std::string(300, 'y')},
                       {"lib\n\xc3.so", std::string(1 << 20, 'z')}};
    for (const auto& status : {check_exports(odd), check_needed(odd)}) {
        const std::string& text = status.message();
        CHECK(text.size() < 600);
        CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }));
    }
}

TEST_CASE("what a module may export") {
    const auto refusal = [](std::vector<std::string> exported) {
        return check_exports(ElfImage{std::move(exported), {}});
    };
    CHECK(refusal({"pf_module_entry_v0"}).ok());
    CHECK(refusal({"pf_module_entry_v1", "pf_module_entry_v0"}).ok());
    CHECK(refusal({}).reason() == "ERROR_MODULE_SYMBOLS");
    CHECK(refusal({"pf_module_entry_vx"}).reason() == "ERROR_MODULE_SYMBOLS");
    CHECK(refusal({"pf_module_entry_v1"}).reason() == "ERROR_MODULE_ABI");
    CHECK_THAT(refusal({"pf_module_entry_v0", "b", "a"}).message(),
               Catch::Contains("exports more than pf_module_entry_v0: a, b"));
}

TEST_CASE("what a module may need") {
    const auto refusal = [](std::vector<std::string> needed) {
        return check_needed(ElfImage{{}, std::move(needed)});
    };
    CHECK(refusal(
              {"libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2"})
              .ok());
    CHECK(refusal({"libc.so.7"}).reason() == "ERROR_MODULE_NEEDED");
    CHECK_THAT(refusal({"libc.so.6", "libprotobuf.so.32"}).message(),
               Catch::Contains("needs libprotobuf.so.32"));
}
