// Object and Array: write JSON containers into the open record, straight through the host's
// writer. Nothing is buffered here and nothing is allocated.
//
//   auto compute = data.object("compute");   // closed when it goes out of scope
//   compute.put("core", 4);
//   compute.text("az", host_name);           // left out when empty
//   compute.copy("source", vm["source"]);    // deep copy; left out when absent
//
// One container at a time: write into an outer one only after the inner one is closed, that is
// destroyed. A mistake is reported by the end of the record.
#pragma once

#include <concepts>
#include <cstddef>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

#include "prismforet/abi/writer.h"
#include "prismforet/cpp/text.hpp"
#include "prismforet/cpp/value.hpp"

namespace pf {

// What put() and add() take: texts, whole numbers, other numbers, bool, nullptr.
template <class T>
concept Scalar = std::convertible_to<const T&, std::string_view> || std::integral<T> ||
    std::floating_point<T> || std::same_as<T, std::nullptr_t>;

namespace detail {

// Where tokens go.
struct Pen {
    const pf_writer* writer;
    pf_call* call;

    void key(std::string_view name) const noexcept { writer->key(call, to_str(name)); }
    void open_object() const noexcept { writer->obj(call); }
    void open_array() const noexcept { writer->arr(call); }
    void close() const noexcept { writer->close(call); }

    template <Scalar T>
    void scalar(const T& value) const
        noexcept(!std::convertible_to<const T&, std::string_view> ||
                 std::is_nothrow_convertible_v<const T&, std::string_view>) {
        if constexpr (std::same_as<T, bool>) {
            writer->boolean(call, value ? 1 : 0);
        } else if constexpr (std::same_as<T, std::nullptr_t>) {
            writer->null(call);
        } else if constexpr (std::floating_point<T>) {
            writer->f64(call, static_cast<double>(value));
        } else if constexpr (std::unsigned_integral<T> && sizeof(T) >= sizeof(std::int64_t)) {
            if (value <= static_cast<T>(std::numeric_limits<std::int64_t>::max())) {
                writer->i64(call, static_cast<std::int64_t>(value));
            } else {
                writer->f64(call, static_cast<double>(value));
            }
        } else if constexpr (std::integral<T>) {
            writer->i64(call, static_cast<std::int64_t>(value));
        } else {
            writer->str(call, to_str(std::string_view(value)));
        }
    }

    // Copies a value with all it holds. Deeper than any record may be, null stands for the rest:
    // the record is refused for its depth anyway.
    void copy(Value value, int depth = 0) const noexcept {
        constexpr int deepest = 64;
        switch (value.kind()) {
            case Kind::boolean:
                return scalar(value.boolean(false));
            case Kind::integer:
                return scalar(value.i64(0));
            case Kind::number:
                return scalar(value.f64(0));
            case Kind::text:
                return scalar(value.str());
            case Kind::array:
                if (depth >= deepest) break;
                open_array();
                for (Value element : value) copy(element, depth + 1);
                return close();
            case Kind::object:
                if (depth >= deepest) break;
                open_object();
                for (Member member : value.members()) {
                    key(member.key);
                    copy(member.value, depth + 1);
                }
                return close();
            case Kind::absent:
            case Kind::null:
                break;
        }
        scalar(nullptr);
    }
};

}  // namespace detail

class Array;

// An open JSON object; closed by its destructor.
class Object {
  public:
    // Opens an object where `pen` stands. Authors get objects from Row, Object and Array.
    explicit Object(detail::Pen pen) noexcept : pen_(pen) { pen_.open_object(); }
    ~Object() { pen_.close(); }
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;

    // Writes a member: text, whole number, other number, bool or nullptr.
    template <Scalar T>
    void put(std::string_view key, const T& value) {
        pen_.key(key);
        pen_.scalar(value);
    }

    // Writes a member, or leaves it out when there is no value.
    template <Scalar T>
    void put(std::string_view key, const std::optional<T>& value) {
        if (value) put(key, *value);
    }

    // Writes a text; an empty one is left out.
    void text(std::string_view key, std::string_view value) {
        if (!value.empty()) put(key, value);
    }

    // Writes a deep copy of a value the host holds; an absent one is left out.
    void copy(std::string_view key, Value value) {
        if (value.is_absent()) return;
        pen_.key(key);
        pen_.copy(value);
    }

    // Opens a member that is an object.
    Object object(std::string_view key) {
        pen_.key(key);
        return Object(pen_);
    }

    // Opens a member that is an array.
    Array array(std::string_view key);

  private:
    detail::Pen pen_;
};

// An open JSON array; closed by its destructor.
class Array {
  public:
    // Opens an array where `pen` stands. Authors get arrays from Object and Array.
    explicit Array(detail::Pen pen) noexcept : pen_(pen) { pen_.open_array(); }
    ~Array() { pen_.close(); }
    Array(const Array&) = delete;
    Array& operator=(const Array&) = delete;

    // Writes an element: text, whole number, other number, bool or nullptr.
    template <Scalar T>
    void add(const T& value) {
        pen_.scalar(value);
    }

    // Writes a deep copy of a value the host holds; an absent one is left out.
    void copy(Value value) {
        if (!value.is_absent()) pen_.copy(value);
    }

    // Opens an element that is an object.
    Object object() { return Object(pen_); }

    // Opens an element that is an array.
    Array array() { return Array(pen_); }

  private:
    detail::Pen pen_;
};

inline Array Object::array(std::string_view key) {
    pen_.key(key);
    return Array(pen_);
}

}  // namespace pf
