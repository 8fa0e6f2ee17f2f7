#include "host/loader/elf_image.hpp"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "host/loader/refusal.hpp"

namespace pf::host::loader {
namespace {

#if defined(__x86_64__)
constexpr std::uint16_t own_machine = EM_X86_64;
constexpr std::string_view own_name = "x86-64";
#elif defined(__aarch64__)
constexpr std::uint16_t own_machine = EM_AARCH64;
constexpr std::string_view own_name = "aarch64";
#else
#error "modules are supported on x86-64 and aarch64"
#endif

Status damaged(std::string_view what) {
    return refuse(reason::not_elf, std::string("is damaged: ").append(what),
                  "copy the file again or reinstall the module");
}

std::string machine_name(std::uint16_t machine) {
    switch (machine) {
        case EM_386:
            return "x86 (32 bit)";
        case EM_X86_64:
            return "x86-64";
        case EM_ARM:
            return "arm (32 bit)";
        case EM_AARCH64:
            return "aarch64";
        case EM_PPC64:
            return "ppc64";
        case EM_S390:
            return "s390";
        case EM_RISCV:
            return "riscv";
        default:
            return "machine " + std::to_string(machine);
    }
}

Status check_header(std::string_view file) {
    if (file.size() < EI_NIDENT || file.substr(0, SELFMAG) != std::string_view(ELFMAG, SELFMAG)) {
        return refuse(reason::not_elf, "is not an ELF file",
                      "put the module's shared library there");
    }
    const auto word_size = static_cast<unsigned char>(file[EI_CLASS]);
    const auto byte_order = static_cast<unsigned char>(file[EI_DATA]);
    const std::string fix = "install the module's build for " + std::string(own_name);
    if (word_size != ELFCLASS64 || byte_order != ELFDATA2LSB) {
        return refuse(reason::architecture,
                      std::string("is built for a ") + (word_size == ELFCLASS32 ? "32" : "64") +
                          " bit " + (byte_order == ELFDATA2MSB ? "big" : "little") +
                          " endian machine, this host for " + std::string(own_name),
                      fix);
    }
    Elf64_Ehdr header;
    if (file.size() < sizeof(header)) {
        return damaged("it ends inside the ELF header");
    }
    std::memcpy(&header, file.data(), sizeof(header));
    if (header.e_machine != own_machine) {
        return refuse(reason::architecture,
                      "is built for " + machine_name(header.e_machine) + ", this host for " +
                          std::string(own_name),
                      fix);
    }
    if (header.e_type != ET_DYN) {
        return refuse(reason::not_elf, "is an ELF file but not a shared library",
                      "link the module with -shared");
    }
    if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0) {
        return damaged("it has no program headers");
    }
    return {};
}

// Reads the dynamic section of a file whose header was checked. Every read is checked against the
// file's size; the first that fails makes the image damaged.
class DynamicSection {
  public:
    explicit DynamicSection(std::string_view file) : file_(file) {}

    Result<ElfImage> read() {
        if (Status status = read_segments(); !status.ok()) {
            return status;
        }
        if (Status status = read_tags(); !status.ok()) {
            return status;
        }
        ElfImage image;
        for (const auto& [tag, offset] : names_) {
            if (!keep_name(offset, image.needed)) {
                return damaged("the names of needed libraries do not fit into its string table");
            }
        }
        if (!read_symbols(image.exported)) {
            return damaged("its symbol table cannot be read");
        }
        return image;
    }

  private:
    template <class T>
    std::optional<T> at(std::uint64_t offset) const {
        if (offset > file_.size() || file_.size() - offset < sizeof(T)) {
            return std::nullopt;
        }
        T value;
        std::memcpy(&value, file_.data() + offset, sizeof(T));
        return value;
    }

    Status read_segments() {
        const auto header = at<Elf64_Ehdr>(0);
        for (std::uint64_t i = 0; i < header->e_phnum; ++i) {
            // Saturates instead of wrapping round, so that the bounds check sees it.
            const std::uint64_t offset = std::min<std::uint64_t>(header->e_phoff, file_.size());
            const auto segment = at<Elf64_Phdr>(offset + i * sizeof(Elf64_Phdr));
            if (!segment) {
                return damaged("it ends inside its program headers");
            }
            if (segment->p_offset > file_.size() ||
                file_.size() - segment->p_offset < segment->p_filesz) {
                return damaged("it is shorter than its headers say");
            }
            if (segment->p_type == PT_LOAD) {
                loads_.push_back(*segment);
            } else if (segment->p_type == PT_DYNAMIC) {
                dynamic_ = *segment;
            }
        }
        return dynamic_ ? Status() : damaged("it has no dynamic section");
    }

    Status read_tags() {
        const std::uint64_t count = dynamic_->p_filesz / sizeof(Elf64_Dyn);
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto entry = at<Elf64_Dyn>(dynamic_->p_offset + i * sizeof(Elf64_Dyn));
            if (!entry || entry->d_tag == DT_NULL) {
                break;
            }
            // Filters make the linker load a library as well.
            if (entry->d_tag == DT_NEEDED || entry->d_tag == DT_FILTER ||
                entry->d_tag == DT_AUXILIARY) {
                names_.emplace_back(entry->d_tag, entry->d_un.d_val);
            } else {
                tags_[entry->d_tag] = entry->d_un.d_val;
            }
        }
        const auto strings = tag_offset(DT_STRTAB);
        if (!strings || !tags_.count(DT_STRSZ) || tags_[DT_STRSZ] > file_.size() - *strings) {
            return damaged("it has no string table");
        }
        strings_ = file_.substr(*strings, tags_[DT_STRSZ]);
        return {};
    }

    // The place in the file of the address a tag holds.
    std::optional<std::uint64_t> tag_offset(std::int64_t tag) const {
        const auto found = tags_.find(tag);
        if (found == tags_.end()) {
            return std::nullopt;
        }
        for (const Elf64_Phdr& load : loads_) {
            if (found->second >= load.p_vaddr && found->second - load.p_vaddr < load.p_filesz) {
                return load.p_offset + (found->second - load.p_vaddr);
            }
        }
        return std::nullopt;
    }

    std::optional<std::string_view> text_at(std::uint64_t offset) const {
        if (offset >= strings_.size()) {
            return std::nullopt;
        }
        const std::size_t end = strings_.find('\0', offset);
        return end == strings_.npos ? std::nullopt
                                    : std::optional(strings_.substr(offset, end - offset));
    }

    // Only the hash tables know how many symbols there are.
    std::optional<std::uint64_t> symbol_count() const {
        if (const auto table = tag_offset(DT_GNU_HASH)) {
            return count_in_gnu_hash(*table);
        }
        if (const auto table = tag_offset(DT_HASH)) {
            const auto chains = at<std::uint32_t>(*table + sizeof(std::uint32_t));
            return chains ? std::optional<std::uint64_t>(*chains) : std::nullopt;
        }
        return std::nullopt;
    }

    std::optional<std::uint64_t> count_in_gnu_hash(std::uint64_t table) const {
        constexpr std::uint64_t word = sizeof(std::uint32_t);
        const auto buckets = at<std::uint32_t>(table);
        const auto first = at<std::uint32_t>(table + word);
        const auto bloom = at<std::uint32_t>(table + 2 * word);
        if (!buckets || !first || !bloom) {
            return std::nullopt;
        }
        const std::uint64_t bucket_table = table + 4 * word + *bloom * std::uint64_t{8};
        std::uint64_t last = 0;
        for (std::uint64_t i = 0; i < *buckets; ++i) {
            const auto head = at<std::uint32_t>(bucket_table + i * word);
            if (!head) {
                return std::nullopt;
            }
            last = std::max<std::uint64_t>(last, *head);
        }
        if (last < *first) {
            return *first;  // nothing is exported
        }
        const std::uint64_t chain_table = bucket_table + *buckets * word;
        for (;; ++last) {
            const auto link = at<std::uint32_t>(chain_table + (last - *first) * word);
            if (!link) {
                return std::nullopt;
            }
            if ((*link & 1U) != 0) {
                return last + 1;  // the end of the last chain
            }
        }
    }

    // False when the name at `offset` of the string table cannot be had, or when all names together
    // are longer than the file: many that point to one long text would fill the memory.
    bool keep_name(std::uint64_t offset, std::vector<std::string>& names) {
        const auto name = text_at(offset);
        if (!name || name->size() > file_.size() - kept_) {
            return false;
        }
        kept_ += name->size();
        names.emplace_back(*name);
        return true;
    }

    bool read_symbols(std::vector<std::string>& exported) {
        const auto table = tag_offset(DT_SYMTAB);
        const auto count = symbol_count();
        if (!table || !count) {
            return false;
        }
        for (std::uint64_t i = 0; i < *count; ++i) {
            const auto symbol = at<Elf64_Sym>(*table + i * sizeof(Elf64_Sym));
            if (!symbol) {
                return false;
            }
            const auto visibility = ELF64_ST_VISIBILITY(symbol->st_other);
            if (symbol->st_shndx == SHN_UNDEF || ELF64_ST_BIND(symbol->st_info) == STB_LOCAL ||
                (visibility != STV_DEFAULT && visibility != STV_PROTECTED)) {
                continue;
            }
            if (!keep_name(symbol->st_name, exported)) {
                return false;
            }
        }
        return true;
    }

    std::string_view file_;
    std::vector<Elf64_Phdr> loads_;
    std::optional<Elf64_Phdr> dynamic_;
    std::vector<std::pair<std::int64_t, std::uint64_t>> names_;
    std::map<std::int64_t, std::uint64_t> tags_;
    std::string_view strings_;
    std::size_t kept_ = 0;  // bytes of names
};

}  // namespace

Result<ElfImage> read_elf_image(std::string_view file) {
    if (Status status = check_header(file); !status.ok()) {
        return status;
    }
    return DynamicSection(file).read();
}

}  // namespace pf::host::loader
