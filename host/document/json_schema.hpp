// JsonSchema: checks a JSON document against a JSON Schema (draft 7) and says what to change.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "host/base/status.hpp"
#include "host/document/problem.hpp"

namespace pf::host::document {

// Immutable; usable from any thread.
class JsonSchema {
  public:
    // Fails with INVALID_ARGUMENT ERROR_MODULE_DESCRIPTOR on what is no schema, and on $ref, whose
    // cycles the validator does not survive.
    static Result<JsonSchema> compile(const nlohmann::json& schema);

    // The first problem of `document`, nothing when it is valid. An unknown key comes with the
    // known key it resembles, a wrong value with the schema's description of the place. Never
    // quotes a value.
    std::optional<Problem> check(const nlohmann::json& document) const;

  private:
    struct Compiled;
    explicit JsonSchema(std::shared_ptr<const Compiled> compiled);
    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace pf::host::document
