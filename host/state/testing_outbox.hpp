// For the tests of the outbox: a folder that goes away, letters, parcels as one line each.
#pragma once

#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/state/outbox.hpp"

namespace pf::test {

namespace state = pf::host::state;
using state::Letter;
using state::Outbox;
using state::OutboxLimits;
using state::Parcel;

class OutboxFolder {
  public:
    OutboxFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "outbox-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no folder for the test: " + name);
        }
        path_ = name;
    }
    ~OutboxFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    OutboxFolder(const OutboxFolder&) = delete;
    OutboxFolder& operator=(const OutboxFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::string file() const { return (path_ / "outbox.db").string(); }

  private:
    std::filesystem::path path_;
};

// The value, or the failure as an exception, so that a test reads in a line.
template <class T>
T got(pf::host::Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.status().text());
    }
    return std::move(*result);
}

inline std::unique_ptr<Outbox> opened(const std::string& path, OutboxLimits limits = {}) {
    return got(Outbox::open(path, limits, std::chrono::seconds(60)));
}

inline Letter letter(const std::string& key, const std::string& lane,
                     const std::string& content = "content") {
    return {key, lane, "ops", content};
}

inline std::vector<std::string> keys(const std::vector<Parcel>& parcels) {
    std::vector<std::string> keys;
    for (const Parcel& parcel : parcels) {
        keys.push_back(parcel.letter.key);
    }
    return keys;
}

inline const pf::host::Status refused(pf::host::Code::unavailable, "ERROR_REFUSED",
                                      "the receiver is away");

// A connection as another process has one.
class OtherConnection {
  public:
    explicit OtherConnection(const std::string& path) {
        if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) {
            throw std::runtime_error("cannot open " + path);
        }
    }
    ~OtherConnection() { sqlite3_close(handle_); }
    OtherConnection(const OtherConnection&) = delete;
    OtherConnection& operator=(const OtherConnection&) = delete;
    void run(const std::string& text) {
        if (sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw std::runtime_error(text + ": " + sqlite3_errmsg(handle_));
        }
    }

  private:
    sqlite3* handle_ = nullptr;
};

}  // namespace pf::test
