// Keeps gRPC initialised until the process ends.
//
// When its last user goes, gRPC 1.51 joins its own threads, and one that still polls a socket after
// a large write makes the caller wait up to ten seconds.
#pragma once

#include <grpc/grpc.h>

namespace pf::test {

inline void keep_grpc() {
    static const bool is_kept = [] {
        grpc_init();
        return true;
    }();
    static_cast<void>(is_kept);
}

}  // namespace pf::test
