// The general way of every token: all rules, whatever the place and the form.
#include <cmath>
#include <utility>

#include "host/services/text.hpp"
#include "host/services/writer.hpp"

namespace pf::host::services {

namespace {

// 1 to 1024 bytes without NUL; without dots where MongoDB would take them for a path.
bool is_key(std::string_view text, bool is_under_data) noexcept {
    const bool is_bad_length = text.empty() || text.size() > Writer::longest_key;
    if (is_bad_length || encoding::is_plain(text, '.')) {
        return !is_bad_length;
    }
    const char forbidden = is_under_data ? '.' : '\0';
    bool is_bad = false;
    for (const char byte : text) {
        is_bad |= byte == '\0' || byte == forbidden;
    }
    return !is_bad;
}

}  // namespace

class Writer::General {
  public:
    explicit General(Writer& writer) noexcept : writer_(writer) { writer.leave_quick_way(); }
    ~General() {
        const bool is_inside =
            writer_.depth_ > 0 && writer_.member_ == Member::data && writer_.json_ != nullptr;
        if (!is_inside || !writer_.is_open_ || writer_.has_error_ || writer_.drop_value_ ||
            writer_.dropping_ > 0) {
            return;
        }
        writer_.behind_ = writer_.inside_data();
        writer_.next_ = std::exchange(writer_.has_key_, false) ? Next::value : writer_.behind_;
    }
    General(const General&) = delete;
    General& operator=(const General&) = delete;

  private:
    Writer& writer_;
};

// The quick way does not write down that a value is due.
void Writer::leave_quick_way() noexcept {
    if (next_ != Next::any) {
        has_key_ = next_ == Next::value;
        next_ = Next::any;
    }
}

// A value may come where a key was written or inside an array. Counts and drops what belongs to a
// member that is left out.
bool Writer::ready_for_value() {
    if (!is_open_ || has_error_) {
        return false;
    }
    if (drop_value_ || dropping_ > 0) {
        drop_value_ = false;
        return false;
    }
    if (depth_ > 0 && (arrays_ & 1) != 0) {
        return true;
    }
    if (!has_key_) {
        fail("a value without a key");
        return false;
    }
    has_key_ = false;
    return true;
}

void Writer::general_key(std::string_view text) {
    const General general(*this);
    if (!is_open_ || has_error_ || dropping_ > 0) {
        return;
    }
    if (has_key_ || drop_value_ || (depth_ > 0 && (arrays_ & 1) != 0)) {
        fail("key \"" + printable(text) + "\" where a value was due, or inside an array");
        return;
    }
    depth_ == 0 ? top_key(text) : inner_key(text);
}

void Writer::inner_key(std::string_view text) {
    if (member_ == Member::data && !text.empty() && text.front() == '$') {
        drop_value_ = true;
        return;
    }
    if (!is_key(text, member_ == Member::data)) {
        fail("key \"" + printable(text) +
             "\": keys must be 1 to 1024 bytes without NUL, and without dots under data");
        return;
    }
    if (member_ == Member::data && depth_ == 1) {
        data_key(text);
        if (has_error_) {
            return;
        }
    }
    if (json_ == nullptr || !json_->plain_key(text)) {
        tokens_->key(clean(text, key_scratch_));
    }
    has_key_ = true;
}

void Writer::general_str(std::string_view text) {
    const General general(*this);
    if (!ready_for_value()) {
        return;
    }
    if (text.size() > largest_record) {
        fail("a text of " + std::to_string(text.size()) +
             " bytes: the record is larger than 1 MiB");
        return;
    }
    if (depth_ == 0) {
        top_str(text);
    } else if (member_ == Member::ip_addresses) {
        tokens_->str(cut(text, "an IP address"));
    } else {
        tokens_->str(clean(text, scratch_));
    }
    check_size();
}

void Writer::general_i64(std::int64_t number) {
    const General general(*this);
    if (!ready_for_value()) {
        return;
    }
    if (depth_ == 0) {
        top_number(static_cast<double>(number));
    } else if (member_ == Member::ip_addresses) {
        fail("ip_addresses holds texts only");
    } else {
        tokens_->i64(number);
    }
    check_size();
}

void Writer::f64(double number) {
    const General general(*this);
    if (!ready_for_value()) {
        return;
    }
    if (!std::isfinite(number)) {
        fail("a number that is not finite");
    } else if (depth_ == 0) {
        top_number(number);
    } else if (member_ == Member::ip_addresses) {
        fail("ip_addresses holds texts only");
    } else {
        tokens_->f64(number);
    }
    check_size();
}

void Writer::general_boolean(bool truth) {
    const General general(*this);
    if (!ready_for_value()) {
        return;
    }
    if (depth_ == 0 || member_ == Member::ip_addresses) {
        fail("a boolean where a text, a number, an array or an object is due");
        return;
    }
    tokens_->boolean(truth);
    check_size();
}

void Writer::null() {
    const General general(*this);
    if (!ready_for_value()) {
        return;
    }
    if (depth_ == 0 || member_ == Member::ip_addresses) {
        fail("a null at top level or in ip_addresses: leave the member out");
        return;
    }
    tokens_->null();
    check_size();
}

void Writer::general_open(bool is_array) {
    const General general(*this);
    if (is_open_ && !has_error_ && (drop_value_ || dropping_ > 0)) {
        drop_value_ = false;
        if (depth_ + ++dropping_ > deepest) {
            fail("nested deeper than 32 levels");
        }
        return;
    }
    if (!ready_for_value()) {
        return;
    }
    if (depth_ == 0) {
        const bool wants_array = member_ == Member::ip_addresses;
        const bool wants_object = member_ == Member::tags || member_ == Member::data;
        if (is_array ? !wants_array : !wants_object) {
            fail("an array or object where this member has another form");
            return;
        }
        if (member_ == Member::data) {
            write_to(target_->encoder->begin_data());
        } else {
            tokens_->key(member_ == Member::tags ? "tags" : "ip_addresses");
        }
    } else if (depth_ >= deepest || member_ == Member::ip_addresses) {
        fail(member_ == Member::ip_addresses ? "ip_addresses holds texts only"
                                             : "nested deeper than 32 levels");
        return;
    }
    is_array ? tokens_->open_array() : tokens_->open_object();
    arrays_ = arrays_ << 1 | (is_array ? 1 : 0);
    ++depth_;
}

void Writer::general_close() {
    const General general(*this);
    if (!is_open_ || has_error_) {
        return;
    }
    if (dropping_ > 0) {
        --dropping_;
        return;
    }
    if (depth_ == 0 || has_key_ || drop_value_) {
        fail("close() with nothing open, or after a key");
        return;
    }
    const bool ends_data = depth_ == 1 && member_ == Member::data;
    if (ends_data) {
        fill_missing_data_keys();
    }
    tokens_->close();
    arrays_ >>= 1;
    --depth_;
    if (ends_data) {
        target_->encoder->end_data();
        write_to(target_->encoder->top());
        data_closed_ = true;
    }
    check_size();
}

}  // namespace pf::host::services
