#include "host/cli/cli.hpp"

int main(int argc, char** argv) { return pf::host::cli::run(argc, argv); }
