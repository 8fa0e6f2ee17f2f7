#include "host/document/yaml_document.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "host/document/problem.hpp"

namespace pf::host::document {
namespace {

using nlohmann::json;

// Left by the walk at the first problem; caught where the walk began.
struct Wrong {
    int line;
    std::string what;
};

// Says where in a file something is wrong.
struct Failing {
    const std::string& file;
    std::string_view reason;

    Status at(int line, const std::string& what) const {
        const std::string place = line > 0 ? file + ":" + std::to_string(line) : file;
        return Status(Code::invalid_argument, std::string(reason), place + ": " + what);
    }
};

int line_of(const YAML::Node& node) { return node.Mark().line + 1; }

class Walk {
  public:
    Walk(std::map<std::string, int>& lines, Scalars scalars) : lines_(lines), scalars_(scalars) {}

    json value(const YAML::Node& node, const json* schema, const std::string& path,
               std::size_t depth) {
        if (depth > deepest_yaml) {
            throw Wrong{line_of(node), "is nested too deeply; 32 levels are allowed"};
        }
        if (++values_ > most_yaml_values) {
            throw Wrong{line_of(node), "holds too many values, or aliases that multiply"};
        }
        switch (node.Type()) {
            case YAML::NodeType::Scalar:
                return scalar(node, schema);
            case YAML::NodeType::Sequence:
                return sequence(node, schema, path, depth);
            case YAML::NodeType::Map:
                return object(node, schema, path, depth);
            case YAML::NodeType::Null:
            case YAML::NodeType::Undefined:
                break;
        }
        return nullptr;
    }

  private:
    json scalar(const YAML::Node& node, const json* schema) const {
        // "!" is a quoted scalar, "?" a plain one.
        return node.Tag() == "!" ? json(node.Scalar())
                                 : scalar_value(node.Scalar(), schema, scalars_);
    }
    json sequence(const YAML::Node& node, const json* schema, const std::string& path,
                  std::size_t depth) {
        json list = json::array();
        for (const YAML::Node& element : node) {
            const std::string place = path_of(path, list.size());
            lines_[place] = line_of(element);
            list.push_back(value(element, schema_of_element(schema), place, depth + 1));
        }
        return list;
    }
    json object(const YAML::Node& node, const json* schema, const std::string& path,
                std::size_t depth) {
        json members = json::object();
        for (const auto& member : node) {
            if (!member.first.IsScalar()) {
                throw Wrong{line_of(member.first), "a key must be a word"};
            }
            const std::string& key = member.first.Scalar();
            const std::string place = path_of(path, key);
            if (members.contains(key)) {
                throw Wrong{line_of(member.first), place + ": is given twice; keep one of them"};
            }
            lines_[place] = line_of(member.first);
            const json* const known = schema_of_member(schema, key);
            json found = value(member.second, known, place, depth + 1);
            // "modules:" with nothing behind it says nothing; what is unknown stays, to be found.
            if (!found.is_null() || known == nullptr) {
                members[key] = std::move(found);
            }
        }
        return members;
    }

    std::map<std::string, int>& lines_;
    Scalars scalars_;
    std::size_t values_ = 0;
};

bool is_word(const std::string& text, std::initializer_list<const char*> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

template <class Number>
bool parse_number(std::string_view text, Number& number) {
    if (!text.empty() && text.front() == '+') {
        text.remove_prefix(1);
    }
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && at == text.data() + text.size() && !text.empty();
}

std::optional<bool> boolean_of(const std::string& text) {
    if (is_word(text, {"true", "True", "TRUE"})) {
        return true;
    }
    if (is_word(text, {"false", "False", "FALSE"})) {
        return false;
    }
    return std::nullopt;
}

json typed_value(const std::string& text) {
    if (const auto boolean = boolean_of(text)) {
        return *boolean;
    }
    if (std::int64_t whole = 0; parse_number(text, whole)) {
        return whole;
    }
    const bool looks_numeric = text.find_first_not_of("+-.0123456789eE") == text.npos;
    if (double real = 0; looks_numeric && parse_number(text, real)) {
        return real;
    }
    return text;
}

// What a program that only knows doubles writes of a number: 60.0 for 60, 1e-05 for 0.00001. The
// digits are moved, not computed. The text itself when it is no such number.
std::string plain_number(const std::string& text) {
    constexpr int largest_exponent = 40;
    const std::size_t e = text.find_first_of("eE");
    std::string digits = text.substr(0, e);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    int exponent = 0;
    if (digits.empty() || digits.find_first_not_of("0123456789.") != digits.npos ||
        digits.find('.', point + 1) != digits.npos ||
        (e != text.npos && !parse_number(std::string_view(text).substr(e + 1), exponent)) ||
        exponent > largest_exponent || exponent < -largest_exponent) {
        return text;
    }
    digits.erase(point, 1);
    auto place = static_cast<std::ptrdiff_t>(point) + exponent;
    if (place <= 0) {
        digits.insert(0, static_cast<std::size_t>(1 - place), '0');
        place = 1;
    }
    const auto whole = static_cast<std::size_t>(place);
    digits.append(digits.size() < whole ? whole - digits.size() : 0, '0');
    const std::size_t last = digits.find_last_not_of('0');
    const std::size_t size = std::max(whole, last == digits.npos ? 0 : last + 1);
    digits.resize(size);
    return size > whole ? digits.insert(whole, 1, '.') : digits;
}

bool may_be_number(const json& type) {
    return type.is_array() && std::find(type.begin(), type.end(), "number") != type.end();
}

json exact_value(const std::string& text, const json& type) {
    if (const auto boolean = boolean_of(text); boolean && type == "boolean") {
        return *boolean;
    }
    if (std::int64_t whole = 0; type == "integer" && parse_number(plain_number(text), whole)) {
        return whole;
    }
    const bool has_exponent = text.find_first_of("eE") != text.npos;
    return has_exponent && may_be_number(type) ? plain_number(text) : text;
}

// Leaves at the second document. LoadAll cannot: where a text begins with a comma it finds
// documents without end.
class OneDocument final : public YAML::EventHandler {
  public:
    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++count_ > 1) {
            throw Wrong{mark.line + 1, "holds several documents; keep one"};
        }
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}

  private:
    int count_ = 0;
};

void expect_one_document(const std::string& text) {
    std::istringstream in(text);
    YAML::Parser parser(in);
    OneDocument documents;
    while (parser.HandleNextDocument(documents)) {
    }
}

}  // namespace

const json* schema_of_member(const json* schema, const std::string& key) {
    if (schema == nullptr || !schema->is_object()) {
        return nullptr;
    }
    if (const auto properties = schema->find("properties"); properties != schema->end()) {
        if (const auto found = properties->find(key); found != properties->end()) {
            return &*found;
        }
    }
    const auto more = schema->find("additionalProperties");
    return more != schema->end() && more->is_object() ? &*more : nullptr;
}

const json* schema_of_element(const json* schema) {
    if (schema == nullptr || !schema->is_object()) {
        return nullptr;
    }
    const auto items = schema->find("items");
    return items != schema->end() ? &*items : nullptr;
}

json scalar_value(const std::string& text, const json* schema, Scalars scalars) {
    const json type =
        schema != nullptr && schema->is_object() ? schema->value("type", json()) : json();
    if (type == "string") {
        return text;
    }
    if (is_word(text, {"", "~", "null", "Null", "NULL"})) {
        return nullptr;
    }
    if (scalars == Scalars::exact) {
        return exact_value(text, type);
    }
    return typed_value(text);
}

json list_value(const std::string& text, const json* element_schema) {
    json list = json::array();
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::size_t first = text.find_first_not_of(' ', at);
        if (first < end) {
            const std::size_t last = text.find_last_not_of(' ', end - 1);
            list.push_back(scalar_value(text.substr(first, last + 1 - first), element_schema));
        }
        at = end + 1;
    }
    return list;
}

Result<LinedDocument> parse_yaml(std::string_view text, const std::string& file, const json& schema,
                                 const DocumentRules& rules) {
    const Failing failing{file, rules.reason};
    if (text.size() > largest_yaml) {
        return failing.at(0, "is larger than 1 MiB; is this the right file?");
    }
    LinedDocument document;
    try {
        expect_one_document(std::string(text));
        const YAML::Node top = YAML::Load(std::string(text));
        json root = json::object();
        if (!top.IsNull()) {
            if (!top.IsMap()) {
                return failing.at(line_of(top),
                                  "must be a mapping, that is lines of \"key: value\"");
            }
            root = Walk(document.lines, rules.scalars).value(top, &schema, "", 0);
        }
        document.root = std::make_shared<const json>(std::move(root));
        return document;
    } catch (const Wrong& wrong) {
        return failing.at(wrong.line, wrong.what);
    } catch (const YAML::Exception& error) {
        return failing.at(error.mark.line + 1, "is not valid YAML: " + error.msg);
    } catch (const std::exception& error) {
        return failing.at(0, std::string("cannot be read as YAML: ") + error.what());
    }
}

int nearest_line(const std::map<std::string, int>& lines, std::string path) {
    while (!path.empty()) {
        if (const auto found = lines.find(path); found != lines.end()) {
            return found->second;
        }
        const std::size_t cut = path.find_last_of(".[");
        path.resize(cut == path.npos ? 0 : cut);
    }
    return 0;
}

}  // namespace pf::host::document
