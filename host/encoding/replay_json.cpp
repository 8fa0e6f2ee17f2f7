#include <nlohmann/json.hpp>

#include "host/encoding/row_encoder.hpp"

namespace pf::host::encoding {
namespace {

// nlohmann's SAX events are our tokens.
class Replay final : public nlohmann::json_sax<nlohmann::json> {
  public:
    explicit Replay(Tokens& out) : out_(out) {}

    bool null() override {
        out_.null();
        return true;
    }
    bool boolean(bool truth) override {
        out_.boolean(truth);
        return true;
    }
    bool number_integer(number_integer_t number) override {
        out_.i64(number);
        return true;
    }
    bool number_unsigned(number_unsigned_t number) override {
        if (number > static_cast<number_unsigned_t>(INT64_MAX)) {
            out_.str(std::to_string(number));
        } else {
            out_.i64(static_cast<std::int64_t>(number));
        }
        return true;
    }
    bool number_float(number_float_t number, const string_t&) override {
        out_.f64(number);
        return true;
    }
    bool string(string_t& text) override {
        out_.str(text);
        return true;
    }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(true); }
    bool key(string_t& text) override {
        out_.key(text);
        return true;
    }
    bool end_object() override { return end(); }
    bool start_array(std::size_t) override { return open(false); }
    bool end_array() override { return end(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

  private:
    bool open(bool is_object) {
        if (++depth_ > Tokens::max_depth) {
            return false;
        }
        is_object ? out_.open_object() : out_.open_array();
        return true;
    }
    bool end() {
        --depth_;
        out_.close();
        return true;
    }

    Tokens& out_;
    std::size_t depth_ = 0;
};

}  // namespace

bool replay_json(std::string_view json, Tokens& out) {
    Replay replay(out);
    return nlohmann::json::sax_parse(json.begin(), json.end(), &replay);
}

}  // namespace pf::host::encoding
