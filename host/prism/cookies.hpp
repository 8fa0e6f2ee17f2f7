// Cookies: what a Prism Central gave for a session, as one Cookie header. Not thread-safe.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace pf::host::prism {

class Cookies {
  public:
    // Takes the name=value pairs of Set-Cookie headers; a pair with an empty value, or one that is
    // told to expire at once, is forgotten. What is not a proper pair is ignored.
    // True when something changed.
    bool take(const std::vector<std::string>& set_cookies);
    bool empty() const noexcept { return pairs_.empty(); }
    void clear() { pairs_.clear(); }
    // "a=1; b=2"
    std::string header() const;

  private:
    std::map<std::string, std::string> pairs_;
};

}  // namespace pf::host::prism
