// Which paths the rows of one type have: their common skeleton, with lists looked through.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace pf::test {

class PathTree {
  public:
    // Adds the paths of one document.
    void merge(const nlohmann::json& document);

    // Adds the paths of a document that stands under a key.
    void merge_under(std::string_view key, const nlohmann::json& document);

    // True when some document had the path, or ended above it in an empty list or object, so that
    // one cannot tell. List indexes in a path are skipped.
    bool has(std::string_view path) const;

  private:
    std::map<std::string, std::unique_ptr<PathTree>, std::less<>> children_;
    bool is_open_ = false;
};

}  // namespace pf::test
