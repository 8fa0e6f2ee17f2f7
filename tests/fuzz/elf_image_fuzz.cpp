// The reader of shared libraries: any bytes give a whole image or a refusal, within time and memory
// that the size of the file bounds.
#include "host/loader/elf_image.hpp"

#include <algorithm>

#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    const std::string_view file = to_text(data, size);
    const auto image = pf::host::loader::read_elf_image(file);
    if (!image) {
        require_readable(image.status());
        const std::string reason = image.status().reason();
        require(reason == "ERROR_MODULE_NOT_ELF" || reason == "ERROR_MODULE_ARCHITECTURE",
                "a refusal has one of two reasons", reason);
        return 0;
    }
    // A name is a text of the file, so there can be no more of it than the file holds.
    std::size_t bytes = 0;
    for (const auto* names : {&image->exported, &image->needed}) {
        require(names->size() <= size / 16, "each name has an entry in the file");
        for (const std::string& name : *names) {
            require(name.empty() || file.find(name) != file.npos, "a name stands in the file",
                    name);
            bytes += name.size();
        }
    }
    require(bytes <= size, "names are bounded by the file");
    for (const pf::host::Status& status :
         {pf::host::loader::check_exports(*image), pf::host::loader::check_needed(*image)}) {
        require_readable(status, 1u << 20);
    }
    return 0;
}
