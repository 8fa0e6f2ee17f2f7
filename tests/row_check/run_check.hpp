// What the rows of one run must fit together to: regions, types, namespaces, identities.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tests/row_check/console_check.hpp"
#include "tests/row_check/findings.hpp"
#include "tests/row_check/path_tree.hpp"

namespace pf::test {

class RunCheck {
  public:
    // Takes a CloudService row and its data, if that could be read; reports run.duplicate_service
    // at once.
    void add_service(RowScope& scope, const nlohmann::json& resource, const nlohmann::json* data);
    void add_type(const nlohmann::json& resource, const nlohmann::json* metadata);
    void add_region(const nlohmann::json& resource);
    void add_namespace(const nlohmann::json& resource);
    void add_metric(RowScope& scope, const nlohmann::json& resource);

    // Adds what is missing between the rows of a whole run.
    void find_missing(std::vector<Violation>& violations) const;

    // Remarks on console metadata.
    std::vector<Violation> notes() const;

    std::size_t unique_services() const { return identities_.size(); }
    std::vector<std::string> service_ids(std::string_view group, std::string_view type) const;

  private:
    struct ServiceType {
        std::string first_row;
        std::set<std::string> ids;
        PathTree paths;
    };
    struct Console {
        bool has_metadata = false;
        std::vector<ConsolePath> paths;
    };

    std::unordered_set<std::string> identities_;
    std::map<std::string, ServiceType> services_;      // by provider/group/type
    std::map<std::string, Console> types_;             // by provider/group/type
    std::map<std::string, std::string> used_regions_;  // provider/code -> first row
    std::set<std::string> regions_;
    std::map<std::string, std::string> used_namespaces_;  // id -> first row
    std::set<std::string> namespaces_;
};

}  // namespace pf::test
