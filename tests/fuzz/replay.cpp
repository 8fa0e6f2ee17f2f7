// Stands in for libFuzzer: runs each file of the folders (or files) it is given through the target
// once. Inputs that once broke something stay in the corpus and are tried again with every build.
//
//     fuzz_descriptor tests/fuzz/corpus/descriptor
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> inputs_of(int count, char** arguments) {
    std::vector<fs::path> inputs;
    for (int i = 1; i < count; ++i) {
        const fs::path place = arguments[i];
        if (!fs::is_directory(place)) {
            inputs.push_back(place);
            continue;
        }
        for (const fs::directory_entry& entry : fs::directory_iterator(place)) {
            if (entry.is_regular_file()) {
                inputs.push_back(entry.path());
            }
        }
    }
    std::sort(inputs.begin(), inputs.end());
    return inputs;
}

// Said before the input runs: what ends the process cannot say it any more.
void announce(const fs::path& input) {
    const std::string line = input.string() + "\n";
    (void)!::write(STDERR_FILENO, line.data(), line.size());
}

int run(int count, char** arguments) {
    const std::vector<fs::path> inputs = inputs_of(count, arguments);
    if (inputs.empty()) {
        std::fputs("usage: fuzz_TARGET FOLDER_OR_FILE...; there was no input\n", stderr);
        return 2;
    }
    for (const fs::path& input : inputs) {
        announce(input);
        std::ifstream file(input, std::ios::binary);
        if (!file) {
            std::fputs("cannot be read\n", stderr);
            return 2;
        }
        const std::string text{std::istreambuf_iterator<char>(file),
                               std::istreambuf_iterator<char>()};
        // Memory of exactly that size, so that a read past the end is seen.
        const auto bytes = std::make_unique<std::uint8_t[]>(text.size());
        std::copy(text.begin(), text.end(), bytes.get());
        LLVMFuzzerTestOneInput(bytes.get(), text.size());
    }
    std::printf("%zu inputs passed\n", inputs.size());
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return run(count, arguments);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
}
