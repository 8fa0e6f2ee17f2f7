// A JSON text, member by member, as it is read: nothing of it is held besides where we are.

#include <charconv>
#include <nlohmann/json.hpp>
#include <vector>

#include "host/capture/kept_fields.hpp"
#include "host/capture/redactor.hpp"
#include "host/capture/text_shape.hpp"

namespace pf::host::capture {
namespace {

void put_text(std::string& out, std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += {'\\', c};
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += {'\\',
                    'u',
                    '0',
                    '0',
                    digits[static_cast<unsigned char>(c) >> 4],
                    digits[static_cast<unsigned char>(c) & 15U]};
        } else {
            out += c;
        }
    }
    out += '"';
}

}  // namespace

// The handler of nlohmann's reader.
class BodyRedaction {
  public:
    using Json = nlohmann::json;
    using number_integer_t = Json::number_integer_t;
    using number_unsigned_t = Json::number_unsigned_t;
    using number_float_t = Json::number_float_t;
    using string_t = Json::string_t;
    using binary_t = Json::binary_t;

    explicit BodyRedaction(const Redactor& redactor) : redactor_(redactor) {}

    std::string take() { return std::move(out_); }

    bool null() { return put("null"); }
    bool boolean(bool value) { return put(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) { return put(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) { return put(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& digits) { return put(digits); }
    bool binary(binary_t&) { return false; }
    bool string(string_t& value) {
        begin_value();
        put_text(out_, replaced(value));
        return true;
    }
    bool start_object(std::size_t) {
        begin_value();
        out_ += '{';
        const bool is_direct = stack_.empty() || stack_.back().is_object;
        const std::string holder = stack_.empty() ? std::string() : stack_.back().key;
        const bool is_free =
            (is_direct && is_free_map(holder)) || (!stack_.empty() && stack_.back().is_free);
        stack_.push_back({true, true, is_free, {}, holder});
        return true;
    }
    bool key(string_t& name) {
        Frame& frame = stack_.back();
        begin_item();
        frame.key = name;
        const bool is_kept = !frame.is_free && is_kept_key(name);
        put_text(out_, is_kept ? name : redactor_.names_.of(name));
        out_ += ':';
        return true;
    }
    bool end_object() {
        stack_.pop_back();
        out_ += '}';
        return true;
    }
    bool start_array(std::size_t) {
        begin_value();
        out_ += '[';
        // The items of a list stand where the list stands.
        const Frame outer = stack_.empty() ? Frame() : stack_.back();
        stack_.push_back({false, true, outer.is_free, outer.key, outer.holder});
        return true;
    }
    bool end_array() {
        stack_.pop_back();
        out_ += ']';
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const Json::exception&) { return false; }

  private:
    struct Frame {
        bool is_object = false;
        bool is_empty = true;
        bool is_free = false;
        std::string key;     // of the member at hand
        std::string holder;  // the member whose value the object is
    };

    void begin_item() {
        if (!stack_.back().is_empty) {
            out_ += ',';
        }
        stack_.back().is_empty = false;
    }
    // A value in a list follows a comma; in an object its key has seen to that.
    void begin_value() {
        if (!stack_.empty() && !stack_.back().is_object) {
            begin_item();
        }
    }
    bool put(std::string_view text) {
        begin_value();
        out_ += text;
        return true;
    }
    std::string replaced(const std::string& value) const {
        static const Frame outside;
        const Frame& frame = stack_.empty() ? outside : stack_.back();
        if (is_kept_text({frame.key, frame.holder, frame.is_free}, value)) {
            return value;
        }
        if (frame.key == "href") {
            return redactor_.url(value);
        }
        if (frame.key == "path" && value.starts_with("/api/")) {
            return redactor_.target(value);
        }
        return redactor_.names_.of(value);
    }

    const Redactor& redactor_;
    std::string out_;
    std::vector<Frame> stack_;
};

std::optional<std::string> Redactor::body(std::string_view json) const {
    BodyRedaction redaction(*this);
    if (!nlohmann::json::sax_parse(json.begin(), json.end(), &redaction)) {
        return std::nullopt;
    }
    return redaction.take();
}

}  // namespace pf::host::capture
