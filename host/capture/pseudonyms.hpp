// Pseudonyms: other texts for texts. The same text gets the same one everywhere in a capture, so
// relations stay; nobody who has the capture can tell which text it was. What it is by its form (a
// UUID, an address, a host name, a URL) its pseudonym is as well.
#pragma once

#include <string>
#include <string_view>

#include "host/capture/keyed_hash.hpp"

namespace pf::host::capture {

// Safe from any thread.
class Pseudonyms {
  public:
    // `hash` outlives this object.
    explicit Pseudonyms(const KeyedHash& hash) : hash_(hash) {}

    // For any text. Empty text stays empty, the UUID of zeros what it is.
    std::string of(std::string_view text) const;
    // For a text whose form means nothing; about as long, at least twelve characters.
    std::string of_words(std::string_view text) const;
    // For a UUID.
    std::string of_uuid(std::string_view text) const;
    // For a host: a name, an address, or either with a port.
    std::string of_host(std::string_view text) const;

  private:
    std::string of_name(std::string_view text) const;
    bool put_addresses(std::string_view text, std::string& out) const;
    bool put_compound(std::string_view text, std::string& out) const;

    const KeyedHash& hash_;
};

}  // namespace pf::host::capture
