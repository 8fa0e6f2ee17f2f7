// Finding: what one check found, in words for people and as facts for programs.
//
// A check is named by a stable word ("tls"). Its text says what is so; a warning or a failure also
// says what to do. None of it ever holds a secret.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"

namespace pf::host::doctor {

// How a check ended.
enum class Verdict : std::uint8_t {
    ok,
    warn,     // it works, and something should be mended
    fail,     // it does not work
    skipped,  // not tried, since something before it does not work
    todo,     // no program can see it; a person has to look
};

// "ok", "warn", "fail", "skipped", "todo".
std::string_view verdict_name(Verdict verdict) noexcept;

struct Finding {
    std::string check;
    Verdict verdict = Verdict::ok;
    std::string text;                  // one line
    std::vector<std::string> details;  // further lines
    Status problem;                    // of a warning or a failure: its code and reason
    std::string advice;                // what to do about it
    std::string facts = "{}";          // JSON text of an object
};

Finding found_good(std::string check, std::string text);
Finding found_warning(std::string check, std::string text, Status problem, std::string advice);
// The text and the advice are those of `problem`: before and behind its last "; ".
Finding found_failure(std::string check, const Status& problem);
Finding not_tried(std::string check, std::string why);
// `text` says what cannot be seen, `advice` what to do.
Finding to_do(std::string check, std::string text, std::string advice);

// A message without its advice, and the advice: what stands before and behind the last "; ".
std::string what_failed(const Status& problem);
std::string what_to_do(const Status& problem);

// Everything about one Prism Central.
struct TargetReport {
    std::string name;     // as configured
    std::string address;  // "host:port"
    std::vector<Finding> findings;
};

// Everything that was examined.
struct Report {
    std::vector<TargetReport> targets;
    std::vector<Finding> installation;  // of this machine, not of a target
    std::vector<Finding> production;    // of what lasts; empty when nobody asked

    // How many findings have this verdict.
    std::size_t count(Verdict verdict) const;
    // The problem that decides the exit code: the first failure, of targets before the
    // installation, and that before production. OK when there is none.
    Status first_failure() const;
    // One sentence: what to do next.
    std::string next_step() const;
};

}  // namespace pf::host::doctor
