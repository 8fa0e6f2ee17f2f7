#include "tests/row_check/json_text.hpp"

#include <vector>

namespace pf::test {
namespace {

using nlohmann::json;

// Builds the document and keeps what a plain parse would hide: keys that appear twice, and depth.
class Builder : public nlohmann::json_sax<json> {
  public:
    Builder(json& root, const std::string& where, const FaultSink& fault)
        : root_(root), where_(where), fault_(fault) {}

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& value) override {
        if (stack_.back()->contains(value)) {
            fault_("data.duplicate_key", where_, "the key '" + value + "' appears twice");
        }
        key_ = std::move(value);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& error) override {
        constexpr int number_overflow = 406;
        if (error.id == number_overflow) {
            fault_("data.number_not_finite", where_, "a number that no double holds");
        } else {
            fault_("payload.json_text", where_,
                   "not JSON at byte " + std::to_string(position) + ": " + error.what());
        }
        return false;
    }

  private:
    json* place(json value) {
        if (stack_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        json& parent = *stack_.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        json& slot = parent[key_];
        slot = std::move(value);
        return &slot;
    }

    bool put(json value) {
        place(std::move(value));
        return true;
    }

    bool open(json value) {
        constexpr std::size_t hard_depth = 200;
        if (stack_.size() >= hard_depth) {
            fault_("data.depth", where_, "nested far too deep; not read further");
            return false;
        }
        stack_.push_back(place(std::move(value)));
        return true;
    }

    bool close() {
        stack_.pop_back();
        return true;
    }

    json& root_;
    const std::string& where_;
    const FaultSink& fault_;
    std::vector<json*> stack_;
    std::string key_;
};

}  // namespace

bool parse_json_text(std::string_view text, const std::string& where, json& out,
                     const FaultSink& fault) {
    Builder builder(out, where, fault);
    return json::sax_parse(text.begin(), text.end(), &builder);
}

}  // namespace pf::test
