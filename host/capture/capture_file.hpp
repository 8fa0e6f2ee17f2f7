// CaptureFile: a capture on its way to the disk, line by line; docs/capture.md is its format.
//
// It is written beside its place, for its owner's eyes only, and appears there with commit(), whole
// and on the disk. Without commit() nothing is left of it.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::capture {

// Safe from any thread.
class CaptureFile {
  public:
    // FAILED_PRECONDITION (ERROR_OUTPUT) when no file can be made there.
    static Result<std::unique_ptr<CaptureFile>> create(const std::string& path);
    ~CaptureFile();
    CaptureFile(const CaptureFile&) = delete;
    CaptureFile& operator=(const CaptureFile&) = delete;

    // Writes one line, without its line break. After a failure it does nothing.
    void write(std::string_view line);
    // Something is missing in it, so it must not come to be: commit() will fail with `why`.
    void spoil(const std::string& why);
    // OK while everything could be written; else FAILED_PRECONDITION (ERROR_OUTPUT).
    Status failure() const;
    // What was written, in bytes.
    std::uint64_t size() const;
    // Puts the file into its place, and onto the disk. Once.
    Status commit();

  private:
    CaptureFile(int descriptor, std::string path, std::string draft);
    void put(std::string_view bytes);

    mutable std::mutex mutex_;
    int descriptor_;
    const std::string path_;
    const std::string draft_;
    std::uint64_t size_ = 0;
    Status failure_;
    bool is_committed_ = false;
};

}  // namespace pf::host::capture
