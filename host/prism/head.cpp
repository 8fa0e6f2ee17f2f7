#include "host/prism/head.hpp"

#include <algorithm>

#include "host/prism/failure.hpp"

namespace pf::host::prism {
namespace {

constexpr int most_interim = 8;

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// What RFC 9110 calls a token.
bool is_name(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

std::string_view trim(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Reads lines and counts what they cost.
class Lines {
  public:
    Lines(ByteSource& source, std::size_t limit) : source_(source), left_(limit) {}

    // The next line without its end.
    const std::string& next() {
        line_.clear();
        while (true) {
            const int c = source_.get();
            if (c < 0) {
                throw Failed(Trouble::cut_short,
                             Status(Code::data_loss, "ERROR_PRISM_ANSWER",
                                    "the answer was cut short: the connection ended inside its "
                                    "header"));
            }
            if (left_-- == 0) {
                throw Failed(Trouble::too_large,
                             Status(Code::resource_exhausted, "ERROR_PRISM_TOO_LARGE",
                                    "the header of the answer is larger than 64 KiB; is this "
                                    "address a Prism Central?"));
            }
            if (c == '\n') {
                break;
            }
            line_ += static_cast<char>(c);
        }
        if (!line_.empty() && line_.back() == '\r') {
            line_.pop_back();
        }
        if (line_.find('\r') != std::string::npos || line_.find('\0') != std::string::npos) {
            throw malformed_answer("a control character in its header");
        }
        return line_;
    }

  private:
    ByteSource& source_;
    std::size_t left_;
    std::string line_;
};

// "HTTP/1.1 200 OK"
void read_status(std::string_view line, Head& head) {
    const bool is_proper = line.size() >= 12 && line.starts_with("HTTP/1.") && is_digit(line[7]) &&
                           line[8] == ' ' && is_digit(line[9]) && is_digit(line[10]) &&
                           is_digit(line[11]) && (line.size() == 12 || line[12] == ' ');
    if (!is_proper || line[9] == '0') {
        throw malformed_answer("it does not begin with HTTP/1.1 and a status");
    }
    head.is_old = line[7] == '0';
    head.http = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
}

void read_fields(Lines& lines, Head& head) {
    while (true) {
        const std::string& line = lines.next();
        if (line.empty()) {
            return;
        }
        const std::string_view text = line;
        if (text.front() == ' ' || text.front() == '\t') {  // the value goes on, the old way
            if (head.fields.empty()) {
                throw malformed_answer("a header that begins with a blank");
            }
            head.fields.back().value.append(" ").append(trim(text));
            continue;
        }
        const auto colon = text.find(':');
        if (colon == std::string_view::npos || !is_name(text.substr(0, colon))) {
            throw malformed_answer("a line of its header is no field");
        }
        Head::Field& field = head.fields.emplace_back();
        field.name.resize(colon);
        std::transform(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                       field.name.begin(), lower);
        field.value = trim(text.substr(colon + 1));
    }
}

}  // namespace

std::string_view Head::value(std::string_view name) const noexcept {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& field) { return field.name == name; });
    return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

std::vector<std::string> Head::values(std::string_view name) const {
    std::vector<std::string> values;
    for (const Field& field : fields) {
        if (field.name == name) {
            values.push_back(field.value);
        }
    }
    return values;
}

bool Head::keeps_alive() const {
    bool keeps = !is_old;
    for (std::string words : values("connection")) {
        std::transform(words.begin(), words.end(), words.begin(), lower);
        if (words.find("close") != std::string::npos) {
            return false;
        }
        keeps = keeps || words.find("keep-alive") != std::string::npos;
    }
    return keeps;
}

Head read_head(ByteSource& source, std::size_t limit) {
    Lines lines(source, limit);
    for (int interim = 0; interim <= most_interim; ++interim) {
        Head head;
        read_status(lines.next(), head);
        read_fields(lines, head);
        if (head.http == 101) {
            throw malformed_answer("it switches to another protocol");
        }
        if (head.http >= 200) {
            return head;
        }
    }
    throw malformed_answer("interim answers without end");
}

}  // namespace pf::host::prism
