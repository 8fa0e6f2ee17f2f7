#include "host/cli/installed_columns.hpp"

#include "host/app/secret_source.hpp"
#include "host/loader/descriptor.hpp"
#include "host/loader/loader.hpp"

namespace pf::host::cli {

void learn_installed(ColumnCatalogue& catalogue, const std::filesystem::path& directory) {
    constexpr std::size_t largest_descriptor = 1u << 20;
    const auto names = loader::list_modules(directory);
    if (!names) {
        return;
    }
    for (const std::string& name : *names) {
        const auto text =
            app::read_file((directory / (name + ".module.json")).string(), largest_descriptor);
        if (!text) {
            continue;
        }
        const auto descriptor = loader::parse_descriptor(*text);
        if (!descriptor) {
            continue;
        }
        for (const services::Output& output : descriptor->outputs) {
            catalogue.learn(output.group, output.type, output.view_metadata);
        }
    }
}

}  // namespace pf::host::cli
