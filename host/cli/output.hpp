// Output: where data goes: standard output or a file. Messages never go here.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::cli {

class Output {
  public:
    // Standard output for an empty path or "-". A file is written beside its place and appears
    // there, whole, with commit().
    static Result<std::unique_ptr<Output>> open(const std::string& path);
    ~Output();
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    // False once the reader has gone or the disk is full; nothing more is written then.
    bool write(std::string_view text);
    // True when the reader of standard output went away, as `head` does.
    bool is_reader_gone() const { return is_reader_gone_; }
    // Writes what is still buffered and puts a file into its place. OK when the reader has gone.
    Status commit();
    // The descriptor behind it.
    int descriptor() const { return descriptor_; }

  private:
    Output(int descriptor, std::string path, std::string draft);
    bool flush();

    int descriptor_;
    std::string path_;
    std::string draft_;
    std::string buffer_;
    bool is_reader_gone_ = false;
    int failure_ = 0;  // errno
};

}  // namespace pf::host::cli
