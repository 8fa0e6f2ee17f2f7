#include <algorithm>
#include <numeric>

#include "tests/prism_sim/model/time_text.hpp"
#include "tests/prism_sim/v3/collection.hpp"
#include "tests/prism_sim/v3/entities.hpp"

namespace pf::sim::v3 {
namespace {

constexpr CollectionNames kAlerts = {"alerts", "alert"};

std::string word(bool truth) { return truth ? "true" : "false"; }

// What a list can be filtered and sorted by; nothing for any other name.
std::optional<std::string> attribute(const Alert& alert, std::string_view name) {
    static constexpr std::string_view kSeverities[] = {"info", "warning", "critical"};
    if (name == "uuid") return to_text(alert.id);
    if (name == "severity") return std::string(kSeverities[alert.severity]);
    if (name == "acknowledged") return word(alert.acknowledged_us != 0);
    if (name == "resolved") return word(alert.state == AlertState::resolved);
    if (name == "creation_time") return std::string(TimeText(alert.created_us).seconds());
    if (name == "last_update_time") return std::string(TimeText(alert.updated_us).seconds());
    if (name == "latest_occurrence_time") return std::string(TimeText(alert.occurred_us).seconds());
    return std::nullopt;
}

// The alerts of the book, which come and change while they are listed but never go.
class AlertCollection final : public Collection {
  public:
    AlertCollection(const World& world, const AlertBook& book, UnknownAttribute reading)
        : Collection(kAlerts, reading), world_(world), book_(book) {}

    [[nodiscard]] std::optional<std::uint32_t> find_id(const Uuid& id) const override {
        const std::vector<Alert> alerts = book_.alerts();
        for (std::uint32_t i = 0; i < alerts.size(); ++i)
            if (alerts[i].id == id) return i;
        return std::nullopt;
    }
    void write(JsonWriter& out, std::uint32_t handle) const override {
        write_alert(out, world_, book_.alerts().at(handle));
    }

  protected:
    [[nodiscard]] bool can_filter(std::string_view name) const override {
        return attribute(Alert(), name).has_value();
    }
    [[nodiscard]] bool can_sort(std::string_view name) const override { return can_filter(name); }

    void select(const ListRequest& request, Found& found) const override {
        const std::vector<Alert> alerts = book_.alerts();
        std::vector<std::uint32_t> all(alerts.size());
        std::iota(all.begin(), all.end(), 0U);
        if (request.filter) {
            std::erase_if(all, [&](std::uint32_t i) {
                return !request.filter->matches(
                    [&](std::string_view name) { return attribute(alerts[i], name); });
            });
        }
        if (!request.sort_attribute.empty()) {
            std::stable_sort(all.begin(), all.end(), [&](std::uint32_t a, std::uint32_t b) {
                return attribute(alerts[a], request.sort_attribute) <
                       attribute(alerts[b], request.sort_attribute);
            });
        }
        if (request.descending) std::reverse(all.begin(), all.end());
        found.total = all.size();
        const std::uint64_t end =
            std::min<std::uint64_t>(all.size(), request.offset + request.length);
        for (std::uint64_t at = request.offset; at < end; ++at) found.handles.push_back(all[at]);
    }

  private:
    const World& world_;
    const AlertBook& book_;
};

}  // namespace

std::unique_ptr<Collection> make_alert_collection(const Config& config, const World& world,
                                                  const AlertBook& book) {
    return std::make_unique<AlertCollection>(world, book, config.v3.unknown_attribute);
}

}  // namespace pf::sim::v3
