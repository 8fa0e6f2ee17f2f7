#include "host/watch/canonical.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "host/services/json_path.hpp"

namespace pf::host::watch {
namespace {

using services::reader;
using services::to_view;

template <class Number>
std::string digits_of(Number number) {
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

std::string joined(const std::vector<std::string>& parts, char open, char close) {
    std::string text(1, open);
    for (const std::string& part : parts) {
        text += text.size() == 1 ? "" : ",";
        text += part;
    }
    return text + close;
}

class Canonical {
  public:
    Canonical(std::string path, const std::set<std::string, std::less<>>& ignored)
        : path_(std::move(path)), ignored_(ignored) {}

    std::string text_of(pf_val value) {
        if (ignored_.count(path_) > 0) {
            return {};
        }
        switch (reader().kind(value)) {
            case PF_KIND_OBJECT:
                return object(value);
            case PF_KIND_ARRAY:
                return array(value);
            default:
                return scalar(value);
        }
    }

  private:
    static std::string scalar(pf_val value) {
        pf_str text{nullptr, 0};
        std::int64_t whole = 0;
        double number = 0;
        std::int32_t truth = 0;
        if (reader().str(value, &text) == 1) {
            return quoted(to_view(text));
        }
        if (reader().i64(value, &whole) == 1) {
            return digits_of(whole);
        }
        if (reader().f64(value, &number) == 1) {
            return digits_of(number);
        }
        if (reader().boolean(value, &truth) == 1) {
            return truth != 0 ? "true" : "false";
        }
        return "null";
    }

    std::string object(pf_val value) {
        std::vector<std::string> members;
        for (pf_val at = reader().first(value); at.doc != 0; at = reader().next(value, at)) {
            pf_str key{nullptr, 0};
            reader().key(value, at, &key);
            const std::size_t size = path_.size();
            (path_ += '.') += to_view(key);
            const std::string text = text_of(at);
            path_.resize(size);
            if (!text.empty()) {
                members.push_back(quoted(to_view(key)) + ":" + text);
            }
        }
        std::sort(members.begin(), members.end());
        return joined(members, '{', '}');
    }

    std::string array(pf_val value) {
        std::vector<std::string> elements;
        bool has_objects_only = true;
        for (pf_val at = reader().first(value); at.doc != 0; at = reader().next(value, at)) {
            has_objects_only = has_objects_only && reader().kind(at) == PF_KIND_OBJECT;
            elements.push_back(text_of(at));
        }
        if (has_objects_only) {
            std::sort(elements.begin(), elements.end());
        }
        return joined(elements, '[', ']');
    }

    std::string path_;
    const std::set<std::string, std::less<>>& ignored_;
};

}  // namespace

std::string quoted(std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string made = "\"";
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        if (code < 0x20 || code == 0x7F) {
            made += "\\u00";
            made += hex[code >> 4];
            made += hex[code & 15];
        } else {
            made += letter == '"' || letter == '\\' ? "\\" : "";
            made += letter;
        }
    }
    return made + '"';
}

std::string canonical(pf_val value, const std::string& path,
                      const std::set<std::string, std::less<>>& ignored) {
    return Canonical(path, ignored).text_of(value);
}

}  // namespace pf::host::watch
