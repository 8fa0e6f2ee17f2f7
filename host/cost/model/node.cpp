#include "host/cost/model/node.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "host/cost/calendar/dates.hpp"
#include "host/document/problem.hpp"

namespace pf::host::cost {

using nlohmann::json;

namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool is_word_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

}  // namespace

bool Node::is_object() const noexcept { return value_ != nullptr && value_->is_object(); }
bool Node::is_list() const noexcept { return value_ != nullptr && value_->is_array(); }

void Node::fail(const std::string& what) const { throw WrongModel{path_, what}; }

const json& Node::value() const {
    if (value_ == nullptr) {
        fail("is missing; add it");
    }
    return *value_;
}

Node Node::operator[](std::string_view key) const {
    std::string path = document::path_of(path_, key);
    if (!is_object()) {
        return {static_cast<const json*>(nullptr), std::move(path)};
    }
    const auto found = value_->find(std::string(key));
    return {found == value_->end() ? nullptr : &*found, std::move(path)};
}

std::vector<Node> Node::elements() const {
    std::vector<Node> found;
    if (value_ != nullptr && !value_->is_array()) {
        found.push_back(*this);
    } else if (value_ != nullptr) {
        for (std::size_t i = 0; i < value_->size(); ++i) {
            found.push_back({&(*value_)[i], document::path_of(path_, i)});
        }
    }
    return found;
}

std::vector<std::pair<std::string, Node>> Node::members() const {
    std::vector<std::pair<std::string, Node>> found;
    if (is_object()) {
        for (const auto& [key, member] : value_->items()) {
            found.emplace_back(key, Node(&member, document::path_of(path_, key)));
        }
    }
    return found;
}

std::string Node::text() const {
    if (!value().is_string()) {
        fail("must be a text");
    }
    const auto& found = value_->get_ref<const std::string&>();
    if (found.empty() || found.size() > 255 ||
        std::any_of(found.begin(), found.end(), is_control)) {
        fail("must be a text of 1 to 255 bytes without control characters");
    }
    return found;
}

std::string Node::word() const {
    const std::string found = text();
    if (found.size() > 63 || !std::all_of(found.begin(), found.end(), is_word_letter) ||
        !((found[0] >= 'a' && found[0] <= 'z') || (found[0] >= '0' && found[0] <= '9'))) {
        fail(
            "must be a word of at most 63 lower-case letters, digits, '_', '.' and '-', as it "
            "becomes a part of usage types");
    }
    return found;
}

std::string Node::date() const {
    const std::string found = text();
    if (!is_date(found)) {
        fail("must be a date; write a day from 1971 to 2036 as YYYY-MM-DD");
    }
    return found;
}

int Node::clock() const {
    const std::string found = text();
    const auto digit = [&found](std::size_t i) { return found[i] >= '0' && found[i] <= '9'; };
    const bool is_clock =
        found.size() == 5 && found[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4);
    const int minutes = is_clock ? ((found[0] - '0') * 10 + (found[1] - '0')) * 60 +
                                       (found[3] - '0') * 10 + (found[4] - '0')
                                 : -1;
    if (minutes < 0 || minutes > 1440 || found[3] > '5') {
        fail("must be a time of the day; write HH:MM, from 00:00 to 24:00");
    }
    return minutes;
}

std::int64_t Node::integer() const {
    if (!value().is_number_integer()) {
        fail("must be a whole number");
    }
    return value_->get<std::int64_t>();
}

Decimal Node::decimal(const Bounds& bounds) const {
    if (!value().is_string()) {
        fail("must be a number");
    }
    std::string why;
    const auto number = Decimal::parse(value_->get_ref<const std::string&>(), why);
    if (!number) {
        fail(why);
    }
    if (number->is_zero() && !bounds.allows_zero) {
        fail("must be more than 0; correct it, or take it out");
    }
    if (*number < bounds.least) {
        fail("must be at least " + bounds.least.text() + "; correct it");
    }
    if (!bounds.most.empty() && Decimal::parse(bounds.most, why).value_or(Decimal()) < *number) {
        fail("must be at most " + std::string(bounds.most) +
             (bounds.most == "1" ? "; write shares in full, 0.10 for 10 %" : "; correct it"));
    }
    return *number;
}

bool Node::flag() const {
    if (!value().is_boolean()) {
        fail("must be true or false");
    }
    return value_->get<bool>();
}

std::string Node::text_or(std::string_view otherwise) const {
    return is_there() ? text() : std::string(otherwise);
}

Decimal Node::decimal_or(Decimal otherwise, const Bounds& bounds) const {
    return is_there() ? decimal(bounds) : otherwise;
}

bool Node::flag_or(bool otherwise) const { return is_there() ? flag() : otherwise; }

std::vector<std::string> Node::texts() const {
    std::vector<std::string> found;
    std::set<std::string> seen;
    for (const Node& element : elements()) {
        found.push_back(element.text());
        if (!seen.insert(found.back()).second) {
            element.fail("stands twice in this list; keep one");
        }
    }
    return found;
}

}  // namespace pf::host::cost
