// How much of a storage container is in use.
#pragma once

#include <cstdint>
#include <optional>
#include <prismforet/module.hpp>

namespace storage {

// Bytes, as Prism measured them last.
struct Usage {
    std::optional<std::int64_t> capacity;
    std::optional<std::int64_t> used;
    std::optional<std::int64_t> free;

    bool is_known() const noexcept { return used || free; }
};

// The newest values of v4's statistics, an object of series.
Usage newest_usage(pf::Value stats);

// Completes what follows from the rest: capacity, used and free are one equation.
void complete(Usage& usage) noexcept;

// `bytes` in steps of 1 % of `capacity`, and what share that is; values change all the time, and
// each that goes out makes a history record. Without a capacity steps of 1 GiB.
std::int64_t in_steps(std::int64_t bytes, std::int64_t capacity) noexcept;

// data.usage {used_bytes, free_bytes, used_percent}.
void write_usage(pf::Object& data, const Usage& usage);

}  // namespace storage
