#include "tests/prism_sim/gate/faults.hpp"

#include <charconv>
#include <stdexcept>

#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {
namespace {

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
    throw std::invalid_argument("fault '" + std::string(text) + "' not understood: " + why);
}

template <class Number>
Number number(std::string_view text, std::string_view whole) {
    Number value{};
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || at != end)
        refuse(whole, "'" + std::string(text) + "' is not a number");
    return value;
}

void set_name(Fault& fault, std::string_view name, std::string_view whole) {
    constexpr std::string_view status = "status-";
    if (name.starts_with(status)) {
        fault.kind = FaultKind::status;
        fault.status = number<std::uint32_t>(name.substr(status.size()), whole);
        if (fault.status < 300 || fault.status > 599) refuse(whole, "status must be 300 to 599");
        return;
    }
    const auto kind = fault_kind(name);
    if (!kind) refuse(whole, "known names are " + fault_names());
    fault.kind = *kind;
}

// False if there is no such key about when a fault strikes.
bool set_when(Fault& fault, std::string_view key, std::string_view value, std::string_view whole) {
    if (key == "rate")
        fault.rate = number<double>(value, whole);
    else if (key == "page")
        fault.page = number<std::uint64_t>(value, whole);
    else if (key == "from")
        fault.from = number<std::uint64_t>(value, whole);
    else if (key == "path")
        fault.path = value;
    else if (key == "skip")
        fault.skip = number<std::uint64_t>(value, whole);
    else if (key == "first")
        fault.first = number<std::uint64_t>(value, whole);
    else if (key == "every")
        fault.every = number<std::uint64_t>(value, whole);
    else
        return false;
    return true;
}

void set_key(Fault& fault, std::string_view key, std::string_view value, std::string_view whole) {
    if (set_when(fault, key, value, whole)) return;
    if (key == "item")
        fault.item = number<std::uint64_t>(value, whole);
    else if (key == "field")
        fault.field = value;
    else if (key == "status")
        fault.status = number<std::uint32_t>(value, whole);
    else if (key == "add")
        fault.add = number<std::int64_t>(value, whole);
    else if (key == "bytes")
        fault.bytes = number<std::uint64_t>(value, whole);
    else if (key == "pause-ms")
        fault.pause = std::chrono::milliseconds(number<std::uint32_t>(value, whole));
    else if (key == "retry-after")
        fault.retry_after = value;
    else if (key == "json")
        fault.json = value;
    else if (key == "location")
        fault.location = value;
    else
        refuse(whole,
               "known keys are rate, page, from, path, skip, first, every, item, field, status, "
               "add, bytes, pause-ms, retry-after, json, location");
}

// Colons separate parts, except within a value that is free text: such a key is the last one.
std::string_view next_part(std::string_view& rest) {
    const bool is_last = rest.starts_with("retry-after=") || rest.starts_with("json=") ||
                         rest.starts_with("location=");
    const std::string_view part = is_last ? rest : rest.substr(0, rest.find(':'));
    rest.remove_prefix(part.size() < rest.size() ? part.size() + 1 : rest.size());
    return part;
}

}  // namespace

Fault parse_fault(std::string_view text) {
    Fault fault;
    std::string_view rest = text;
    std::string_view name = next_part(rest);
    if (const std::size_t at = name.find('@'); at != std::string_view::npos) {
        fault.page = number<std::uint64_t>(name.substr(at + 1), text);
        name = name.substr(0, at);
    }
    set_name(fault, name, text);
    while (!rest.empty()) {
        const std::string_view part = next_part(rest);
        const std::size_t equals = part.find('=');
        if (equals != std::string_view::npos) {
            set_key(fault, part.substr(0, equals), part.substr(equals + 1), text);
        } else {
            fault.rate = number<double>(part, text);
        }
    }
    if (!(fault.rate >= 0 && fault.rate <= 1)) refuse(text, "the rate must be 0 to 1");
    if (fault.every == 0) refuse(text, "every must be at least 1");
    return fault;
}

void FaultTable::set(const std::vector<std::string>& texts) {
    std::vector<Entry> entries;
    for (const std::string& text : texts) entries.push_back({parse_fault(text), 0, 0});
    const std::lock_guard lock(mutex_);
    entries_ = std::move(entries);
}

std::vector<Fault> FaultTable::strike(const Request& request) {
    const std::lock_guard lock(mutex_);
    std::vector<Fault> struck;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        Entry& entry = entries_[i];
        const Fault& fault = entry.fault;
        if (!fault.path.empty() && request.path.find(fault.path) == std::string::npos) continue;
        if (fault.page || fault.from != 0) {
            const auto page = request.list_page();
            if (!page || (fault.page && *page != *fault.page) || *page < fault.from) continue;
        }
        const std::uint64_t turn = entry.matched++;
        if (turn < fault.skip || (turn - fault.skip) % fault.every != fault.every - 1) continue;
        if (fault.first != 0 && entry.struck >= fault.first) continue;
        Draws draws(seed_ + i, Kind::fault, turn);
        if (draws.below(1'000'000) >= fault.rate * 1'000'000) continue;
        ++entry.struck;
        struck.push_back(fault);
    }
    return struck;
}

}  // namespace pf::sim
