// Look-up tables: id -> a few texts, made from one list and shared by all runs of a target.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/target.hpp"
#include "host/services/descriptor.hpp"

namespace pf::host::services {

// Immutable once filled; read from any thread.
class Table final {
  public:
    explicit Table(std::size_t fields) : fields_(fields) {}

    // `values` has one view per field; an empty one with null data means absent.
    void add(std::string_view id, const std::vector<std::string_view>& values);
    // False when there is no such row or field.
    bool get(std::string_view id, std::uint32_t field, std::string_view& out) const noexcept;
    std::size_t size() const noexcept { return rows_.size(); }
    // Calls f(id, first field) for each row, in no order; an absent field is empty.
    template <class F>
    void each(F f) const {
        for (const auto& [id, row] : rows_) {
            std::string_view field;
            get(id, 0, field);
            f(std::string_view(id), field);
        }
    }
    std::size_t bytes() const noexcept { return bytes_; }
    // Why the list it was made from was not whole, in words; empty when it was.
    const std::string& shortfall() const noexcept { return shortfall_; }
    void set_shortfall(std::string why) { shortfall_ = std::move(why); }

  private:
    struct Hash {
        using is_transparent = void;
        // Ids are UUIDs: their ends tell them apart, and rows ask for many.
        std::size_t operator()(std::string_view text) const noexcept {
            if (text.size() < 16) {
                return std::hash<std::string_view>{}(text);
            }
            std::uint64_t words[3];
            std::memcpy(&words[0], text.data(), 8);
            std::memcpy(&words[1], text.data() + text.size() / 2 - 4, 8);
            std::memcpy(&words[2], text.data() + text.size() - 8, 8);
            const std::uint64_t mixed =
                (words[0] * 0x9E3779B97F4A7C15u ^ words[1]) * 0xBF58476D1CE4E5B9u ^
                words[2] * 0x94D049BB133111EBu;
            return mixed ^ mixed >> 32;
        }
    };
    std::size_t fields_;
    std::size_t bytes_ = 0;
    std::string shortfall_;
    // Texts of a row end to end, each with its end; absent fields have end = npos.
    struct Row {
        std::string text;
        std::vector<std::uint32_t> ends;
    };
    std::unordered_map<std::string, Row, Hash, std::equal_to<>> rows_;
};

// Two look-ups with the same key make the same table.
std::string lookup_key(const Endpoint& endpoint, const Lookup& lookup, prism::ApiWish wish);

// The table of `lookup`, whose items come from `endpoint`; at most 60 s old. One list fills it,
// whoever asks; NOT_FOUND when this Prism does not have the endpoint.
Result<std::shared_ptr<const Table>> open_lookup(const std::shared_ptr<prism::Target>& target,
                                                 const Endpoint& endpoint, const Lookup& lookup,
                                                 prism::ApiWish wish, const Stop& stop,
                                                 const std::shared_ptr<prism::Meter>& meter);

// Cluster UUID -> name, for region rows. Prism lists itself among its clusters: that row is here
// too.
Result<std::shared_ptr<const Table>> open_clusters(const std::shared_ptr<prism::Target>& target,
                                                   prism::ApiWish wish, const Stop& stop,
                                                   const std::shared_ptr<prism::Meter>& meter);

}  // namespace pf::host::services
