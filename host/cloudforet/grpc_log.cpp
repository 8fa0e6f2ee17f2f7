#include "host/cloudforet/grpc_log.hpp"

#include <grpc/support/log.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace pf::host::cloudforet {

namespace {

// The last words before gRPC aborts the process must not be lost.
void print_last_words(gpr_log_func_args* line) {
    if (std::string_view(line->message).find("assertion failed") != std::string_view::npos) {
        std::fprintf(stderr, "gRPC %s:%d: %s\n", line->file, line->line, line->message);
    }
}

}  // namespace

void quiet_grpc() {
    static const bool done = [] {
        if (std::getenv("GRPC_VERBOSITY") == nullptr) {
            gpr_set_log_function(print_last_words);
        }
        return true;
    }();
    static_cast<void>(done);
}

}  // namespace pf::host::cloudforet
