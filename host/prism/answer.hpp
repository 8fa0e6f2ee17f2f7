// Judging an HTTP answer of Prism: is it what was asked for, and if not, what does Prism say?
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"
#include "host/prism/connection.hpp"

namespace pf::host::prism {

// Prism's own words about an error, printable and bounded; all may be empty.
struct PrismError {
    std::string message;
    std::string code;   // "VMM-40000", "AUTHENTICATION_REQUIRED"
    std::string group;  // v4 errorGroup, or v3's reason
};

// From a v4 or v3 error envelope; of anything else the first printable characters as the message.
PrismError parse_error(std::string_view content_type, std::string_view body);

// Whether Prism says in so many words that it does not serve this version of an API.
bool says_unsupported_version(const PrismError& error);

// API v3 puts some errors into an answer with HTTP 200: `state: ERROR` at the top or in `status`.
// The status such an answer stands for (its `code`, else 500); 0 for a good answer. An entity whose
// own state is ERROR is a good answer.
int status_within(std::string_view path, std::string_view body);

// OK when a 2xx answer can be JSON, otherwise DATA_LOSS ERROR_PRISM_ANSWER naming what came.
Status check_json(std::string_view content_type, std::string_view body);

// The Status for an answer that is not 2xx and not 401. NOT_FOUND for 404 and for a version that
// Prism says it does not support, for nothing else. `path` is what was asked for; its query is
// left out of the message.
Status failure_of(const RawAnswer& answer, const PrismError& error, std::string_view path);

// The path without its query, printable.
std::string resource_of(std::string_view path);

}  // namespace pf::host::prism
