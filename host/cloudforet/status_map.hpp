// How a Status of the host crosses to CloudForet and back.
//
// CloudForet's client shows a failure as "ERROR_CODE: text" only for some gRPC codes: it drops the
// text of PERMISSION_DENIED, and it repeats calls that end with UNAVAILABLE or DEADLINE_EXCEEDED.
// What failed at Prism must do neither, so these codes leave as FAILED_PRECONDITION.
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace grpc {
class Status;
}

namespace pf::host::cloudforet {

// A code and the details text beside it, as they go into the trailers of a call.
struct WireStatus {
    Code code = Code::ok;
    std::string details;
};

// The code and "ERROR_CODE: text" to send; one line of at most 2,000 bytes once percent-encoded,
// so that the trailers stay below every client's limit.
WireStatus to_wire(const Status& status);

// to_wire as the type that handlers return.
grpc::Status to_grpc(const Status& status);

// What a server's code and details mean: "ERROR_X: text" is taken apart, other text is kept whole
// with the reason ERROR_INTERNAL_API, as CloudForet's client does it.
Status from_wire(Code code, std::string_view details);

}  // namespace pf::host::cloudforet
