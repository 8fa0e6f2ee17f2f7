// When another attempt makes sense, and how long to wait before it. Pure functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "host/prism/failure.hpp"

namespace pf::host::prism {

// The longest wait a server may order.
constexpr std::chrono::seconds longest_retry_after(60);

// HTTP statuses that pass by themselves.
bool transient_status(int http) noexcept;
// Prism's error groups that mean "too many requests", with whatever HTTP status.
bool rate_limit_group(std::string_view group) noexcept;

// How many attempts an attempt that ended with `trouble` allows in all, out of `tries`.
std::uint32_t attempts_allowed(Trouble trouble, std::uint32_t tries) noexcept;

// Exponential backoff with full jitter after attempt number `attempt` (1 is the first):
// `random` (0 to 1) of min(cap, base * 2^(attempt - 1)).
std::chrono::milliseconds backoff(std::uint32_t attempt, std::chrono::milliseconds base,
                                  std::chrono::milliseconds cap, double random) noexcept;

// The wait a Retry-After header orders: seconds, also with decimals, or an HTTP date in any of its
// three forms, between 0 and longest_retry_after. Nothing for anything else. A date is meant by the
// server's clock: `date` is its Date header; without a proper one, our clock is taken.
std::optional<std::chrono::milliseconds> retry_after(std::string_view header,
                                                     std::string_view date);

// `pause` and up to a tenth more, at most 0.1 to 5 s: those who were told the same do not all come
// back at once. `random` is 0 to 1.
std::chrono::milliseconds with_jitter(std::chrono::milliseconds pause, double random) noexcept;

}  // namespace pf::host::prism
