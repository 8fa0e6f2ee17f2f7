// Value: a JSON value the host holds, e.g. an entity of Prism or the options.
//
//   for (pf::Value nic : vm["nics"]) mac = nic["backingInfo"]["macAddress"].str();
//
// Three machine words; copy it freely. Absent is a value like any other: a member of an absent
// value is absent, and a getter of another type answers "nothing". A page's values die with the
// page: do not keep them, nor their texts, beyond the loop over the list.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>

#include "prismforet/abi/reader.h"
#include "prismforet/cpp/text.hpp"

namespace pf {

// The kinds of JSON values; the numbers are the ABI's PF_KIND_*.
enum class Kind : std::int32_t {
    absent = PF_KIND_ABSENT,
    null = PF_KIND_NULL,
    boolean = PF_KIND_BOOL,
    integer = PF_KIND_INT,
    number = PF_KIND_FLOAT,
    text = PF_KIND_STRING,
    array = PF_KIND_ARRAY,
    object = PF_KIND_OBJECT,
};

class Value {
  public:
    class Iterator;
    class Members;

    // The absent value.
    Value() = default;

    // Wraps a value of the ABI; `reader` outlives it.
    Value(const pf_reader* reader, pf_val raw) noexcept : reader_(reader), raw_(raw) {}

    // True when there is no such value. Quicker than kind(): it does not ask the host.
    bool is_absent() const noexcept { return raw_.doc == 0; }

    // What the value is.
    Kind kind() const noexcept {
        return is_absent() ? Kind::absent : static_cast<Kind>(reader_->kind(raw_));
    }

    // True for everything but absent and JSON null.
    bool exists() const noexcept { return kind() > Kind::null; }

    // The member `key`; absent when there is none or this is no object.
    Value operator[](std::string_view key) const noexcept {
        return is_absent() ? Value{} : Value{reader_, reader_->get(raw_, to_str(key))};
    }

    // The text of a string, else `fallback`. Lives as long as the document.
    std::string_view str(std::string_view fallback = {}) const noexcept {
        pf_str text;
        return !is_absent() && reader_->str(raw_, &text) != 0 ? to_view(text) : fallback;
    }

    // A whole number, or nothing.
    std::optional<std::int64_t> i64() const noexcept {
        std::int64_t number = 0;
        if (is_absent() || reader_->i64(raw_, &number) == 0) return std::nullopt;
        return number;
    }

    // A whole number, else `fallback`.
    std::int64_t i64(std::int64_t fallback) const noexcept { return i64().value_or(fallback); }

    // Any number, whole ones included, or nothing.
    std::optional<double> f64() const noexcept {
        double number = 0;
        if (is_absent() || reader_->f64(raw_, &number) == 0) return std::nullopt;
        return number;
    }

    // Any number, else `fallback`.
    double f64(double fallback) const noexcept { return f64().value_or(fallback); }

    // True or false, or nothing.
    std::optional<bool> boolean() const noexcept {
        std::int32_t truth = 0;
        if (is_absent() || reader_->boolean(raw_, &truth) == 0) return std::nullopt;
        return truth != 0;
    }

    // True or false, else `fallback`.
    bool boolean(bool fallback) const noexcept { return boolean().value_or(fallback); }

    // The first element of an array, or the first member's value of an object; else absent.
    Value first() const noexcept {
        return is_absent() ? Value{} : Value{reader_, reader_->first(raw_)};
    }

    // Iterates over the elements of an array or the members' values of an object.
    Iterator begin() const noexcept;
    // The end of every iteration.
    std::default_sentinel_t end() const noexcept { return {}; }

    // The members of an object as {key, value}: for (auto [key, value] : v.members()).
    Members members() const noexcept;

    // The value as the ABI knows it.
    pf_val raw() const noexcept { return raw_; }

    // The reader the value came with; null for a default value.
    const pf_reader* reader() const noexcept { return reader_; }

  private:
    const pf_reader* reader_ = nullptr;
    pf_val raw_{0, 0};
};

// One member of an object.
struct Member {
    std::string_view key;
    Value value;
};

// Input iterator over elements.
class Value::Iterator {
  public:
    using value_type = Value;
    using difference_type = std::ptrdiff_t;

    // Stands on the first element of `container`.
    explicit Iterator(Value container) noexcept
        : container_(container), current_(container.first()) {}

    // The element.
    Value operator*() const noexcept { return current_; }

    // Steps to the next element.
    Iterator& operator++() noexcept {
        const pf_reader* reader = container_.reader();
        current_ = Value{reader, reader->next(container_.raw(), current_.raw())};
        return *this;
    }
    // Steps to the next element.
    void operator++(int) noexcept { ++*this; }

    friend bool operator==(const Iterator& at, std::default_sentinel_t) noexcept {
        return at.current_.is_absent();
    }

    // The key of the member the iterator stands on; empty in an array.
    std::string_view key() const noexcept {
        pf_str text;
        const pf_reader* reader = container_.reader();
        if (reader == nullptr || reader->key(container_.raw(), current_.raw(), &text) == 0)
            return {};
        return to_view(text);
    }

  private:
    Value container_;
    Value current_;
};

// The members of an object, for a range-for loop. Empty for other kinds.
class Value::Members {
  public:
    // Wraps an object.
    explicit Members(Value object) noexcept : object_(object) {}

    // Input iterator over {key, value}.
    class Iterator : public Value::Iterator {
      public:
        using value_type = Member;
        using Value::Iterator::Iterator;
        // The member.
        Member operator*() const noexcept { return {key(), Value::Iterator::operator*()}; }
    };

    // The first member.
    Iterator begin() const noexcept {
        // Asking something else for a member finds nothing, and the host counts it as odd.
        return Iterator(object_.kind() == Kind::object ? object_ : object_[{}]);
    }
    // The end.
    std::default_sentinel_t end() const noexcept { return {}; }

  private:
    Value object_;
};

inline Value::Iterator Value::begin() const noexcept { return Iterator(*this); }
inline Value::Members Value::members() const noexcept { return Members(*this); }

}  // namespace pf
