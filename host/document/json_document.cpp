#include "host/document/json_document.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "host/document/problem.hpp"

namespace pf::host::document {
namespace {

using nlohmann::json;

// Walks over the bytes and counts lines, since the parser does not say where it is.
class CountingIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, int* line) : at_(at), line_(line) {}
    const char& operator*() const { return *at_; }
    CountingIterator& operator++() {
        *line_ += *at_ == '\n' ? 1 : 0;
        ++at_;
        return *this;
    }
    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
    bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

  private:
    const char* at_;
    int* line_;
};

// Builds the document. The parser calls it in the order of the text; false ends parsing.
class Builder final : public nlohmann::json_sax<json> {
  public:
    Builder(const json& schema, const int& line) : line_(line), root_schema_(&schema) {}

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return number(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return number(std::to_string(value)); }
    bool number_float(number_float_t /*value*/, const string_t& text) override {
        return number(text);
    }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t& /*value*/) override { return wrong("holds a binary value"); }
    bool start_object(std::size_t /*size*/) override { return open(json::object()); }
    bool start_array(std::size_t /*size*/) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        Level& level = levels_.back();
        level.key = name;
        const std::string place = path_of(level.path, name);
        if (level.value.contains(name)) {
            return wrong(place + ": is given twice; keep one of them");
        }
        lines_[place] = line_;
        return true;
    }
    bool parse_error(std::size_t /*position*/, const std::string& /*last*/,
                     const nlohmann::detail::exception& error) override {
        // nlohmann's texts begin with "[json.exception...] ", which helps nobody.
        const std::string_view what = error.what();
        const std::size_t prefix = what.find("] ");
        return wrong("is not valid JSON: " +
                     std::string(prefix == what.npos ? what : what.substr(prefix + 2)));
    }

    const std::string& problem() const { return problem_; }
    json take_root() { return std::move(root_); }
    std::map<std::string, int> take_lines() { return std::move(lines_); }

  private:
    struct Level {
        json value;
        const json* schema;
        std::string path;
        std::string key;  // of the member that comes next
    };

    bool wrong(std::string what) {
        problem_ = problem_.empty() ? std::move(what) : problem_;
        return false;
    }
    const json* next_schema() const {
        if (levels_.empty()) {
            return root_schema_;
        }
        const Level& level = levels_.back();
        return level.value.is_object() ? schema_of_member(level.schema, level.key)
                                       : schema_of_element(level.schema);
    }
    std::string next_path() const {
        if (levels_.empty()) {
            return {};
        }
        const Level& level = levels_.back();
        return level.value.is_object() ? path_of(level.path, level.key)
                                       : path_of(level.path, level.value.size());
    }
    bool number(const std::string& text) {
        return put(scalar_value(text, next_schema(), Scalars::exact));
    }
    bool open(json empty) {
        if (levels_.size() >= deepest_yaml) {
            return wrong("is nested too deeply; 32 levels are allowed");
        }
        const json* const schema = next_schema();
        std::string path = next_path();
        if (!path.empty()) {
            lines_.emplace(path, line_);
        }
        levels_.push_back({std::move(empty), schema, std::move(path), {}});
        return true;
    }
    bool close() {
        json done = std::move(levels_.back().value);
        levels_.pop_back();
        return put(std::move(done));
    }
    bool put(json value) {
        if (++values_ > most_yaml_values) {
            return wrong("holds too many values; 20000 are allowed");
        }
        if (levels_.empty()) {
            root_ = std::move(value);
            return true;
        }
        Level& level = levels_.back();
        if (level.value.is_array()) {
            lines_.emplace(path_of(level.path, level.value.size()), line_);
            level.value.push_back(std::move(value));
        } else if (!value.is_null() || next_schema() == nullptr) {
            level.value[level.key] = std::move(value);
        }
        return true;
    }

    const int& line_;
    const json* root_schema_;
    std::vector<Level> levels_;
    std::map<std::string, int> lines_;
    std::string problem_;
    json root_;
    std::size_t values_ = 0;
};

}  // namespace

Result<LinedDocument> parse_json(std::string_view text, const std::string& file, const json& schema,
                                 const DocumentRules& rules) {
    int line = 1;
    const auto failure = [&](const std::string& what) {
        const std::string place = file + ":" + std::to_string(line) + ": ";
        return Status(Code::invalid_argument, std::string(rules.reason), place + what);
    };
    if (text.size() > largest_yaml) {
        return Status(Code::invalid_argument, std::string(rules.reason),
                      file + ": is larger than 1 MiB; is this the right file?");
    }
    Builder builder(schema, line);
    try {
        const CountingIterator begin(text.data(), &line);
        const CountingIterator end(text.data() + text.size(), &line);
        if (!json::sax_parse(begin, end, &builder)) {
            return failure(builder.problem());
        }
    } catch (const std::exception& error) {
        return failure(std::string("cannot be read as JSON: ") + error.what());
    }
    json root = builder.take_root();
    if (!root.is_object()) {
        return failure("must be an object, that is {\"key\": value}");
    }
    LinedDocument document;
    document.root = std::make_shared<const json>(std::move(root));
    document.lines = builder.take_lines();
    return document;
}

}  // namespace pf::host::document
