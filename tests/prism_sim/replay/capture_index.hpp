#pragma once
// A capture file (docs/capture.md) as a table: which answers a request got, and where in the file
// each one stands. Bodies stay in the file, so a capture of any size needs little memory.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace pf::sim {

/// A file that is no capture, or one that this program cannot replay. Says which line and why.
class CaptureError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Where an answer stands.
struct RecordedAnswer {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    int status = 0;
};

/// What was recorded of one request.
struct RecordedRequest {
    std::vector<RecordedAnswer> answers;  ///< In the order of the capture.
    std::string failure;                  ///< Code of an attempt that got no answer.
};

struct CaptureIndex {
    std::string program;  ///< That made the capture.
    bool is_redacted = false;
    bool has_end = false;  ///< False: the file was cut off.
    std::uint64_t exchanges = 0;
    std::unordered_map<std::string, RecordedRequest> requests;  ///< By request_key().
};

/// Reads the whole file once. `target` picks one of several Prism Centrals; negative: there must be
/// only one. Throws CaptureError.
CaptureIndex read_capture(const std::string& path, int target);

}  // namespace pf::sim
