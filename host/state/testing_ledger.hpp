// For the tests of the ledger: a folder that goes away, shapes, feeding and reading in one line.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/cost/shapes/shape_store.hpp"
#include "host/state/shape_ledger.hpp"

namespace pf::test {

namespace cost = pf::host::cost;
namespace state = pf::host::state;
using cost::Shape;
using cost::ShapeField;

class LedgerFolder {
  public:
    LedgerFolder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "shape-ledger-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no folder for the test: " + name);
        }
        path_ = name;
    }
    ~LedgerFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    LedgerFolder(const LedgerFolder&) = delete;
    LedgerFolder& operator=(const LedgerFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    state::LedgerSettings settings() const {
        state::LedgerSettings settings;
        settings.path = (path_ / "shapes.ledger").string();
        return settings;
    }

  private:
    std::filesystem::path path_;
};

inline Shape machine(const std::string& id, std::int64_t vcpus,
                     std::int64_t created = Shape::none) {
    Shape shape;
    shape.id = id;
    shape.account = "pc";
    shape.kind = "vm";
    shape.product = "AHV";
    shape.name = "name of " + id;
    shape.number(ShapeField::vcpus) = vcpus;
    shape.number(ShapeField::memory_bytes) = 1 << 30;
    shape.number(ShapeField::on) = 1;
    shape.number(ShapeField::created) = created;
    shape.disks = {{vcpus * 1000, "container", "name"}};
    return shape;
}

inline pf::host::Result<state::Fed> feed(state::ShapeLedger& ledger, std::int64_t at,
                                         const std::vector<Shape>& shapes, bool is_complete = true,
                                         const std::string& account = "pc",
                                         const std::string& kind = "vm") {
    cost::ShapeStore store;
    for (const Shape& shape : shapes) {
        store.add(shape);
    }
    return ledger.feed({account, at, {{kind, is_complete}}}, store);
}

inline state::ShapeLedger opened(const state::LedgerSettings& settings) {
    auto ledger = state::ShapeLedger::open(settings);
    if (!ledger) {
        throw std::runtime_error(ledger.status().text());
    }
    return std::move(*ledger);
}

// "id vcpus [from,to) measured|assumed" of each segment.
using Segments = std::vector<std::string>;

inline std::string text_of(const std::string& id, std::int64_t vcpus, std::int64_t from,
                           std::int64_t to, bool is_measured) {
    return id + " " + std::to_string(vcpus) + " [" + std::to_string(from) + "," +
           std::to_string(to) + ") " + (is_measured ? "measured" : "assumed");
}

inline pf::host::Result<Segments> segments_of(cost::Shapes& shapes) {
    Segments all;
    if (auto rewound = shapes.rewind(); !rewound.ok()) {
        return rewound;
    }
    Shape shape;
    for (;;) {
        const auto next = shapes.next(shape);
        if (!next) {
            return next.status();
        }
        if (!*next) {
            return all;
        }
        all.push_back(text_of(shape.id, shape.number(ShapeField::vcpus), shape.from, shape.to,
                              shape.basis == cost::Basis::measured));
    }
}

inline pf::host::Result<Segments> read(const state::LedgerSettings& settings, std::int64_t from,
                                       std::int64_t to, std::int64_t now) {
    auto shapes = state::read_segments(settings, {from, to}, now);
    if (!shapes) {
        return shapes.status();
    }
    return segments_of(**shapes);
}

}  // namespace pf::test
