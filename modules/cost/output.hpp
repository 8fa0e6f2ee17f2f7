// Where the engine's results go, and where shapes come from. The module binds both to the host; a
// test may do without one.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <prismforet/module.hpp>

namespace cost {

class ShapeSource {
  public:
    virtual ~ShapeSource() = default;
    // Goes back to the first shape.
    virtual void rewind() = 0;
    // The next shape, valid until the following call; absent after the last.
    virtual pf::Value next() = 0;
};

struct Tag {
    std::string_view key;
    std::string_view value;
};

// One cost record. Money and quantities are in millionths, never negative.
struct Record {
    std::int64_t cost_micros = 0;
    std::int64_t quantity_micros = 0;
    std::string_view billed_date, resource, region, product, usage_type, usage_unit;
    std::string_view project, cluster, owner, model, basis;
    const std::vector<Tag>* tags = nullptr;
};

// One line of an explanation.
struct Explanation {
    std::string_view section;
    std::string_view what;
    std::string_view formula;
    std::string_view value;
    std::int64_t amount_micros = 0;
    std::string_view unit;
    bool adds = false;  // the amount is part of its section's sum
};

class Output {
  public:
    virtual ~Output() = default;
    virtual void record(const Record& record) = 0;
    virtual void line(const Explanation& line) = 0;
    // Something to know that takes nothing away: a stable code, what it is about, why.
    virtual void note(std::string_view code, std::string_view id, std::string_view why) = 0;
};

}  // namespace cost
