#include "host/state/row_sum.hpp"

#include <sqlite3.h>

#include <limits>

namespace pf::host::state {
namespace {

// FNV-1a with a last mixing, as its low bits alone are weak.
class Sum {
  public:
    void add(const void* bytes, std::size_t size) noexcept {
        const auto* at = static_cast<const unsigned char*>(bytes);
        for (std::size_t i = 0; i < size; ++i) {
            value_ = (value_ ^ at[i]) * 0x100000001B3u;
        }
    }
    std::uint64_t value() const noexcept {
        std::uint64_t mixed = value_ ^ value_ >> 32;
        mixed *= 0xD6E8FEB86659FD93u;
        return mixed ^ mixed >> 32;
    }

  private:
    std::uint64_t value_ = 0xCBF29CE484222325u;
};

void add_value(Sum& sum, sqlite3_value* value) {
    const int type = sqlite3_value_type(value);
    sum.add(&type, sizeof type);
    if (type == SQLITE_INTEGER) {
        const std::int64_t number = sqlite3_value_int64(value);
        sum.add(&number, sizeof number);
    } else if (type != SQLITE_NULL) {
        const unsigned char* text = sqlite3_value_text(value);
        const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
        if (text != nullptr) {
            sum.add(text, size);
        }
        sum.add(&size, sizeof size);
    }
}

void row_sum(sqlite3_context* context, int count, sqlite3_value** values) {
    Sum sum;
    for (int i = 0; i < count; ++i) {
        add_value(sum, values[i]);
    }
    sqlite3_result_int64(context, static_cast<std::int64_t>(sum.value() & 0xFFFFFFFFu));
}

void hash_of_text(sqlite3_context* context, int, sqlite3_value** values) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
    sqlite3_result_int64(
        context, row_hash(text == nullptr ? std::string_view() : std::string_view(text, size)));
}

}  // namespace

int add_row_sum(sqlite3* handle) {
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const int summed = sqlite3_create_function_v2(handle, "row_sum", -1, flags, nullptr, row_sum,
                                                  nullptr, nullptr, nullptr);
    return summed != SQLITE_OK
               ? summed
               : sqlite3_create_function_v2(handle, "row_hash", 1, flags, nullptr, hash_of_text,
                                            nullptr, nullptr, nullptr);
}

std::int64_t row_hash(std::string_view text) noexcept {
    Sum sum;
    sum.add(text.data(), text.size());
    return static_cast<std::int64_t>(sum.value() & std::numeric_limits<std::int64_t>::max());
}

}  // namespace pf::host::state
