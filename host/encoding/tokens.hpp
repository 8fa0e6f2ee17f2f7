// Tokens: one document as a stream of values, the input of every encoder.
//
// The caller guarantees what the writer service checks: keys only in objects, each followed by
// one value, balanced containers, finite numbers, valid UTF-8, at most `max_depth` levels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pf::host::encoding {

class Tokens {
  public:
    static constexpr std::size_t max_depth = 40;

    virtual ~Tokens() = default;
    virtual void key(std::string_view text) = 0;
    virtual void str(std::string_view text) = 0;
    virtual void i64(std::int64_t number) = 0;
    virtual void f64(double number) = 0;
    virtual void boolean(bool truth) = 0;
    virtual void null() = 0;
    virtual void open_object() = 0;
    virtual void open_array() = 0;
    virtual void close() = 0;
};

// Whole numbers beyond this lose digits in a double; they travel as text.
inline constexpr std::int64_t largest_exact = std::int64_t{1} << 53;

}  // namespace pf::host::encoding
