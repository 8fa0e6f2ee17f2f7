#include "host/services/writer.hpp"

#include "host/services/text.hpp"

namespace pf::host::services {

Writer::Writer(encoding::Buffer& out, Findings& findings, std::string link_base)
    : out_(out), findings_(findings), link_base_(std::move(link_base)) {}

Writer::Member Writer::member_of(std::string_view key) noexcept {
    if (key == "data") return Member::data;
    if (key == "name") return Member::name;
    if (key == "region") return Member::region;
    if (key == "tags") return Member::tags;
    if (key == "link") return Member::link;
    if (key == "ip_addresses") return Member::ip_addresses;
    if (key == "instance_type") return Member::instance_type;
    if (key == "instance_size") return Member::instance_size;
    return Member::none;
}

void Writer::fail(std::string message) {
    if (!has_error_) {
        has_error_ = true;
        next_ = Next::any;
        error_ = std::move(message);
    }
}

void Writer::begin(WriterOutput& output, std::string_view id) {
    if (is_open_) {
        fail("begin() while a record is open: call end() or abort() first");
        return;
    }
    is_open_ = true;
    next_ = Next::any;
    has_error_ = false;
    has_key_ = false;
    data_closed_ = false;
    has_name_ = false;
    error_.clear();
    target_ = &output;
    mark_ = out_.size();
    largest_size_ = mark_ + largest_record;
    link_.clear();
    region_.clear();
    member_ = Member::none;
    members_ = 0;
    data_written_ = 0;
    next_data_key_ = 0;
    depth_ = 0;
    dropping_ = 0;
    drop_value_ = false;
    arrays_ = 0;
    id_.assign(id.substr(0, longest_id));
    if (id.empty() || id.size() > longest_id || !is_valid_utf8(id)) {
        fail("the id must be 1 to 1024 bytes of UTF-8: it is the resource's identity");
        return;
    }
    if (output.json_keys.empty()) {
        for (const DataKey& key : output.output->data_keys) {
            encoding::Buffer text;
            encoding::append_json_string(text, key.name);
            output.json_keys.push_back(std::string(text.view()) + ":");
        }
    }
    output.encoder->begin();
    write_to(output.encoder->top());
}

void Writer::write_to(encoding::Tokens& tokens) noexcept {
    tokens_ = &tokens;
    json_ = target_->encoder->json_of(tokens);
}

void Writer::top_key(std::string_view text) {
    member_ = member_of(text);
    if (member_ == Member::none) {
        fail("key \"" + printable(text) +
             "\" is none of name, region, instance_type, "
             "instance_size, ip_addresses, link, tags, data");
        return;
    }
    const std::uint32_t bit = 1u << static_cast<unsigned>(member_);
    if ((members_ & bit) != 0) {
        fail("key \"" + std::string(text) + "\" written twice");
        return;
    }
    members_ |= bit;
    has_key_ = true;
}

void Writer::data_key(std::string_view text) {
    const auto& keys = target_->output->data_keys;
    // Handlers write in the descriptor's order most of the time.
    std::size_t index = next_data_key_;
    for (std::size_t step = 0; step < keys.size(); ++step, ++index) {
        index = index < keys.size() ? index : 0;
        if (keys[index].name != text) {
            continue;
        }
        const std::uint64_t bit = std::uint64_t{1} << index;
        if ((data_written_ & bit) != 0) {
            fail("data key \"" + printable(text) + "\" written twice, or written and unknown");
        }
        data_written_ |= bit;
        next_data_key_ = index + 1;
        return;
    }
    fail("data key \"" + printable(text) + "\" is not listed in the descriptor's output \"" +
         target_->output->kind + "\"");
}

void Writer::unknown(std::string_view key) {
    if (!is_open_ || has_error_) {
        return;
    }
    if (data_closed_) {
        fail("unknown(\"" + printable(key) + "\") after data was closed");
        return;
    }
    data_key(key);
}

// The text, or its copy with invalid UTF-8 replaced.
std::string_view Writer::clean(std::string_view text, std::string& scratch) {
    if (is_valid_utf8(text)) {
        return text;
    }
    scratch = replace_invalid_utf8(text);
    return scratch;
}

std::string_view Writer::cut(std::string_view text, std::string_view what) {
    text = clean(text, scratch_);
    const std::string_view shorter = cut_characters(text, longest_text);
    if (shorter.size() != text.size()) {
        findings_.note(
            "writer.text_cut",
            std::string(what) + " is longer than CloudForet's 255 characters and was cut", id_);
    }
    return shorter;
}

void Writer::top_str(std::string_view text) {
    switch (member_) {
        case Member::name:
            if (!text.empty()) {
                has_name_ = true;
                tokens_->key("name");
                tokens_->str(clean(text, scratch_));
            }
            return;
        case Member::region:
            if (text.size() > longest_text || !is_valid_utf8(text)) {
                fail("the region is an identity: at most 255 bytes of UTF-8");
                return;
            }
            region_.assign(text);
            if (!text.empty()) {
                tokens_->key("region_code");
                tokens_->str(text);
            }
            return;
        case Member::instance_type:
            if (!text.empty()) {
                tokens_->key("instance_type");
                tokens_->str(cut(text, "instance_type"));
            }
            return;
        case Member::link:
            link_.assign(clean(text, scratch_));
            return;
        default:
            fail("a text where a number, an array or an object is due");
    }
}

void Writer::top_number(double number) {
    if (member_ != Member::instance_size) {
        fail("a number where a text, an array or an object is due");
        return;
    }
    tokens_->key("instance_size");
    tokens_->f64(number);
}

void Writer::fill_missing_data_keys() {
    const auto& keys = target_->output->data_keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if ((data_written_ >> i & 1) == 0) {
            write_empty(keys[i]);
        }
    }
}

void Writer::write_empty(const DataKey& key) {
    tokens_->key(key.name);
    switch (key.empty) {
        case EmptyForm::object:
            tokens_->open_object();
            tokens_->close();
            return;
        case EmptyForm::array:
            tokens_->open_array();
            tokens_->close();
            return;
        case EmptyForm::text:
            tokens_->str("");
            return;
        case EmptyForm::null:
            tokens_->null();
            return;
    }
}

void Writer::finish_members() {
    if ((members_ & (1u << static_cast<unsigned>(Member::data))) == 0) {
        member_ = Member::data;
        write_to(target_->encoder->begin_data());
        tokens_->open_object();
        fill_missing_data_keys();
        tokens_->close();
        target_->encoder->end_data();
        write_to(target_->encoder->top());
    }
    if (!has_name_) {
        // The inventory refuses a resource without a name, and an empty one vanishes on the wire.
        tokens_->key("name");
        tokens_->str(id_);
        findings_.note("writer.no_name", "resources without a name are shown by their id", id_);
    }
    tokens_->key("reference");
    tokens_->open_object();
    tokens_->key("resource_id");
    tokens_->str(id_);
    if (!link_.empty() && !link_base_.empty()) {
        tokens_->key("external_link");
        if (link_.front() == '/') {
            link_.insert(0, link_base_);
        }
        tokens_->str(link_);
    }
    tokens_->close();
}

Status Writer::finish(bool keep) {
    if (!is_open_) {
        return Status(Code::invalid_argument, "ERROR_MODULE_RECORD", "end() without begin()");
    }
    leave_quick_way();
    is_open_ = false;
    if (!has_error_ && (depth_ != 0 || dropping_ != 0 || has_key_ || drop_value_)) {
        fail("the record ends with an open container or a key without value");
    }
    if (!has_error_ && keep) {
        finish_members();
        target_->encoder->end();
        check_size();
    }
    if (has_error_ || !keep) {
        out_.truncate(mark_);
        target_->encoder->abandon();
    }
    if (has_error_) {
        return Status(Code::invalid_argument, "ERROR_MODULE_RECORD", error_);
    }
    return Status();
}

}  // namespace pf::host::services
