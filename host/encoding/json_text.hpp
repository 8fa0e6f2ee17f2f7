// JsonText: tokens to compact JSON text, appended to a Buffer.
#pragma once

#include "host/encoding/buffer.hpp"
#include "host/encoding/tokens.hpp"

namespace pf::host::encoding {

class JsonText final : public Tokens {
  public:
    explicit JsonText(Buffer& out) : out_(out) {}

    // Forgets containers left open by a record that was dropped.
    void reset() noexcept;

    // Appends members already encoded by another JsonText to the object just opened.
    void continue_after(std::string_view members) {
        out_.append(members);
        has_items_ |= 1;
    }

    void key(std::string_view text) override;
    void str(std::string_view text) override;
    void i64(std::int64_t number) override;
    void f64(double number) override;
    void boolean(bool truth) override;
    void null() override;
    void open_object() override;
    void open_array() override;
    void close() override;

  private:
    void separate();

    Buffer& out_;
    // One bit per open container, innermost lowest.
    std::uint64_t is_array_ = 0;
    std::uint64_t has_items_ = 0;
    bool after_key_ = false;
};

// Appends `text` as a JSON string with its quotes.
void append_json_string(Buffer& out, std::string_view text);

}  // namespace pf::host::encoding
