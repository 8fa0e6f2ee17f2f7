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
    // Of each data key, as JSON text with its colon; filled by the first record.
    std::vector<std::string> json_keys;
};

class Writer {
  public:
    static constexpr std::size_t largest_record = 1u << 20;
    static constexpr std::size_t longest_text = 255;
    static constexpr std::size_t longest_id = 1024;
    static constexpr std::size_t longest_key = 1024;
    static constexpr int deepest = 32;

    // `link_base` ("https://pc:9440") is put before links that begin with '/'; empty: no links go
    // out. `out` and `findings` outlive this object.
    Writer(encoding::Buffer& out, Findings& findings, std::string link_base);

    bool is_open() const noexcept { return is_open_; }
    void begin(WriterOutput& output, std::string_view id);
    // Nearly all tokens are inside of data, in order, plain, and go out as JSON text: for these
    // nothing else is left to check. Any other goes the general way.
    void key(std::string_view text) {
        if (next_ == Next::key && text.size() - 1 < longest_key && text.front() != '$' &&
            json_->plain_key(text)) {
            next_ = Next::value;
            return;
        }
        if (next_ == Next::data_key && expects_data_key(text)) {
            json_->encoded_key(target_->json_keys[next_data_key_]);
            data_written_ |= std::uint64_t{1} << next_data_key_++;
            next_ = Next::value;
            return;
        }
        general_key(text);
    }
    void str(std::string_view text) {
        if (next_ >= Next::value && text.size() <= largest_record && json_->plain_str(text)) {
            next_ = behind_;
            check_size();
            return;
        }
        general_str(text);
    }
    void i64(std::int64_t number) {
        if (next_ >= Next::value) {
            json_->i64(number);
            next_ = behind_;
            check_size();
            return;
        }
        general_i64(number);
    }
    void f64(double number);
    void boolean(bool truth) {
        if (next_ >= Next::value) {
            json_->boolean(truth);
            next_ = behind_;
            check_size();
            return;
        }
        general_boolean(truth);
    }
    void null();
    void open(bool is_array) {
        if (next_ >= Next::value && depth_ < deepest) {
            is_array ? json_->open_array() : json_->open_object();
            arrays_ = arrays_ << 1 | (is_array ? 1 : 0);
            ++depth_;
            next_ = behind_ = is_array ? Next::element : Next::key;
            return;
        }
        general_open(is_array);
    }
    void close() {
        if ((next_ == Next::key || next_ == Next::element) && depth_ > 1) {
            json_->close();
            arrays_ >>= 1;
            --depth_;
            next_ = behind_ = inside_data();
            check_size();
            return;
        }
        general_close();
    }
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

    // What may come next of what needs no further checks.
    enum class Next : std::uint8_t {
        any,       // nothing: not inside of data, not JSON text, something is wrong, ...
        data_key,  // a key of data itself
        key,       // a key of an object inside of data
        value,     // the value of such a key, or of one of data
        element,   // an element of an array inside of data
    };

    // Around each token that goes the general way: its state is complete then.
    class General;

    static Member member_of(std::string_view key) noexcept;
    // What may come where no value is due, inside of data.
    Next inside_data() const noexcept {
        return (arrays_ & 1) != 0 ? Next::element : depth_ == 1 ? Next::data_key : Next::key;
    }
    // Handlers write in the descriptor's order most of the time.
    bool expects_data_key(std::string_view text) const noexcept {
        const auto& keys = target_->output->data_keys;
        return next_data_key_ < keys.size() && keys[next_data_key_].name == text &&
               (data_written_ >> next_data_key_ & 1) == 0;
    }
    void leave_quick_way() noexcept;
    void general_key(std::string_view text);
    void general_str(std::string_view text);
    void general_i64(std::int64_t number);
    void general_boolean(bool truth);
    void general_open(bool is_array);
    void general_close();
    bool ready_for_value();
    void check_size() {
        if (out_.size() > largest_size_) {
            fail("the record is larger than 1 MiB");
        }
    }
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
    Next next_ = Next::any;
    Next behind_ = Next::any;  // what may come behind the next value
    bool is_open_ = false;
    bool has_name_ = false;
    bool has_error_ = false;
    bool has_key_ = false;
    bool data_closed_ = false;
    std::string error_;
    std::size_t mark_ = 0;          // where the record begins
    std::size_t largest_size_ = 0;  // of the buffer, while the record is not too large
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
