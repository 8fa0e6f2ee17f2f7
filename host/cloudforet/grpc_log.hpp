// gRPC's own log, which writes to stderr in a form of its own.
#pragma once

namespace pf::host::cloudforet {

// Keeps gRPC from printing unless GRPC_VERBOSITY asks for it: what it would say comes back to us as
// a failure, and is told once, by us. Call before gRPC is used; safe to call again.
void quiet_grpc();

}  // namespace pf::host::cloudforet
