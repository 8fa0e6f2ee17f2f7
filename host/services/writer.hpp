// Writer: one open record at a time, checked token by token and encoded at once.
//
// The rules of the ABI header (writer.h) are kept here, so that no module can break what
// CloudForet's inventory accepts: closed key sets, depth, finite numbers, valid UTF-8, lengths.
// A record is bytes behind a mark; whatever goes wrong truncates to the mark.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/encoding/row_encoder.hpp"
#include "host/services/descriptor.hpp"
#include "host/services/findings.hpp"

namespace pf::host::services {

// What a writer needs to know about the output its records belong to.
struct WriterOutput {
    const Output* output = nullptr;
    std::unique_ptr<encoding::RowEncoder> encoder;
};

class Writer {
  public:
    static constexpr std::size_t largest_record = 1u << 20;
    static constexpr std::size_t longest_text = 255;
    static constexpr std::size_t longest_id = 1024;
    static constexpr int deepest = 32;

    // `link_base` ("https://pc:9440") is put before links that begin with '/'; empty: no links go
    // out. `out` and `findings` outlive this object.
    Writer(encoding::Buffer& out, Findings& findings, std::string link_base);

    bool is_open() const noexcept { return is_open_; }
    void begin(WriterOutput& output, std::string_view id);
    void key(std::string_view text);
    void str(std::string_view text);
    void i64(std::int64_t number);
    void f64(double number);
    void boolean(bool truth);
    void null();
    void open(bool is_array);
    void close();
    void unknown(std::string_view data_key);
    // Remembers the first error; everything until finish() is dropped.
    void fail(std::string message);
    // Closes the record. With `keep` false, or after an error, its bytes are dropped.
    Status finish(bool keep);

    // Region code of the record finished last; empty when it had none.
    const std::string& region() const noexcept { return region_; }
    std::string_view id() const noexcept { return id_; }

  private:
    enum class Member : std::uint8_t {
        name,
        region,
        instance_type,
        instance_size,
        ip_addresses,
        link,
        tags,
        data,
        none
    };

    static Member member_of(std::string_view key) noexcept;
    bool ready_for_value();
    void value_done();
    void write_to(encoding::Tokens& tokens) noexcept;
    void top_key(std::string_view text);
    void inner_key(std::string_view text);
    void top_str(std::string_view text);
    void top_number(double number);
    void data_key(std::string_view text);
    void fill_missing_data_keys();
    void write_empty(const DataKey& key);
    std::string_view cut(std::string_view text, std::string_view what);
    std::string_view clean(std::string_view text, std::string& scratch);
    void finish_members();

    encoding::Buffer& out_;
    Findings& findings_;
    std::string link_base_;

    WriterOutput* target_ = nullptr;
    encoding::Tokens* tokens_ = nullptr;  // where values go now
    encoding::JsonText* json_ = nullptr;  // the same, if it is JSON text: without virtual calls
    bool is_open_ = false;
    bool has_error_ = false;
    bool has_key_ = false;
    bool data_closed_ = false;
    std::string error_;
    std::size_t mark_ = 0;
    std::string id_;
    std::string link_;
    std::string region_;
    std::string scratch_;
    std::string key_scratch_;
    Member member_ = Member::none;
    std::uint32_t members_ = 0;       // bits of Member already written
    std::uint64_t data_written_ = 0;  // bits of data keys written or unknown
    std::size_t next_data_key_ = 0;
    int depth_ = 0;             // containers open inside the record
    int dropping_ = 0;          // containers open inside a dropped member
    bool drop_value_ = false;   // the value of a '$' key comes next
    std::uint64_t arrays_ = 0;  // one bit per open container, innermost lowest
};

}  // namespace pf::host::services
