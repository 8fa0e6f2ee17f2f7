// Redactor: what goes into a capture instead of what Prism said and was asked: the same document,
// request or header with everything replaced that could name somebody or something.
//
// Numbers, dates, enumerations, types and the names of the API stay (kept_fields.hpp); texts are
// replaced by pseudonyms, alike everywhere, so that a client finds its way through a replayed
// capture as it did through Prism itself.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "host/capture/keyed_hash.hpp"
#include "host/capture/pseudonyms.hpp"

namespace pf::host::capture {

// Safe from any thread.
class Redactor {
  public:
    // With a key of its own, which is gone when this object is. `path_words` are segments of paths
    // that name nothing, besides those of Prism's API that are known here.
    explicit Redactor(const std::vector<std::string>& path_words = {})
        : path_words_(path_words.begin(), path_words.end()) {}
    // With a given key, for tests.
    explicit Redactor(std::string_view key) : hash_(key) {}
    Redactor(const Redactor&) = delete;
    Redactor& operator=(const Redactor&) = delete;

    // A JSON text; nothing when it is none.
    std::optional<std::string> body(std::string_view json) const;
    // What stands between method and version of a request: path and query, percent-encoded.
    std::string target(std::string_view path_and_query) const;
    // The value of a header field.
    std::string header(std::string_view name, std::string_view value) const;
    // The name of a target, "host:port".
    std::string host(std::string_view text) const { return names_.of_host(text); }

  private:
    std::string parameter(std::string_view name, std::string_view value) const;
    std::string odata(std::string_view expression) const;
    std::string url(std::string_view text) const;

    friend class BodyRedaction;
    const std::set<std::string, std::less<>> path_words_;
    KeyedHash hash_;
    Pseudonyms names_{hash_};
};

}  // namespace pf::host::capture
