#include "host/observe/redact.hpp"

#include <algorithm>
#include <deque>
#include <mutex>
#include <vector>

#include "host/base/base64.hpp"
#include "host/base/secret.hpp"

namespace pf::host::observe {
namespace {

// A plugin server sees one password per request, mostly the same one.
constexpr std::size_t most_secrets = 4096;
constexpr std::string_view stars = "***";

struct Registry {
    std::mutex mutex;
    std::deque<Secret> secrets;
};

Registry& registry() {
    // Never destroyed: threads may log while the process ends.
    static auto* const one = new Registry;
    return *one;
}

void keep(std::string text) {
    if (text.size() < shortest_secret) {
        return;
    }
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    const auto is_known = [&text](const Secret& known) { return known.reveal() == text; };
    if (std::any_of(all.secrets.begin(), all.secrets.end(), is_known)) {
        return;
    }
    if (all.secrets.size() == most_secrets) {
        all.secrets.pop_front();
    }
    all.secrets.emplace_back(std::move(text));
}

constexpr char hex_digits[] = "0123456789ABCDEF";

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
                              c == '~';
        if (is_plain) {
            out += c;
        } else {
            out += {'%', hex_digits[byte >> 4], hex_digits[byte & 15]};
        }
    }
    return out;
}

std::string json_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += {'\\', c};
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else {
            out += c;
        }
    }
    return out;
}

// Marks every byte of every occurrence, so that overlapping secrets hide each other's rest too.
bool mark(std::string_view text, std::vector<bool>& hidden) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    bool is_any = false;
    for (const Secret& secret : all.secrets) {
        const std::string_view word = secret.reveal();
        for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
            hidden.resize(text.size());
            std::fill_n(hidden.begin() + static_cast<std::ptrdiff_t>(at), word.size(), true);
            is_any = true;
        }
    }
    return is_any;
}

}  // namespace

void register_secret(std::string_view text) {
    if (text.size() < shortest_secret) {
        return;
    }
    keep(std::string(text));
    keep(json_escaped(text));
    keep(percent_encoded(text));
}

void register_login(std::string_view username, std::string_view password) {
    register_secret(password);
    if (!password.empty()) {
        keep(base64(std::string(username) + ":" + std::string(password)));
    }
}

void register_user_info(std::string_view both) {
    const auto colon = std::min(both.find(':'), both.size());
    register_login(both.substr(0, colon), both.substr(std::min(colon + 1, both.size())));
}

std::string redact(std::string_view text) {
    std::vector<bool> hidden;
    if (text.size() < shortest_secret || !mark(text, hidden)) {
        return std::string(text);
    }
    std::string shown;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!hidden[i]) {
            shown += text[i];
        } else if (i == 0 || !hidden[i - 1]) {
            shown += stars;
        }
    }
    return shown;
}

void forget_secrets() noexcept {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    all.secrets.clear();
}

}  // namespace pf::host::observe
