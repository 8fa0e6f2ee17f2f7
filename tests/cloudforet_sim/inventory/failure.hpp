// Why inventory does not take a row.
#pragma once

#include <stdexcept>
#include <string>

namespace pf::cloudforet_sim {

// Thrown while a row is taken, caught where it is counted.
class Failure : public std::runtime_error {
  public:
    Failure(std::string code, const std::string& what)
        : std::runtime_error(what), code_(std::move(code)) {}

    const std::string& code() const { return code_; }
    // True for failures that raise failure_count and leave no entry in the job task's errors.
    bool is_silent() const { return code_.empty(); }

  private:
    std::string code_;
};

inline Failure missing(const std::string& key) {
    return {"ERROR_REQUIRED_PARAMETER", "Required parameter. (key = " + key + ")"};
}
inline Failure wrong_type(const std::string& key, const std::string& type) {
    return {"ERROR_INVALID_PARAMETER_TYPE",
            "Parameter type is invalid. (key = " + key + ", type = " + type + ")"};
}
inline Failure not_saved(const std::string& reason) {
    return {"ERROR_DB_QUERY", "Database query failed. (reason = " + reason + ")"};
}

}  // namespace pf::cloudforet_sim
