#include "days.hpp"

#include <algorithm>
#include <string>

#include "months.hpp"

namespace cost {
namespace {

constexpr std::int64_t seconds_730_hours = 730LL * 3600;

[[noreturn]] void refuse(const std::string& date, const char* why) {
    throw pf::Failure(PF_INVALID_ARGUMENT, "the billing day " + date + " " + why);
}

void read_bands(pf::Value text, const Model& model, Day& day) {
    if (model.bands.empty()) return;
    std::int64_t at = day.from;
    for (const pf::Value value : text["bands"]) {
        Band band;
        const auto named = std::find(model.bands.begin(), model.bands.end(), value["band"].str());
        if (named == model.bands.end()) refuse(day.date, "has a band that the model does not know");
        band.number = static_cast<std::size_t>(named - model.bands.begin());
        band.from = value["from"].i64(-1);
        band.to = value["to"].i64(-1);
        if (band.from != at || band.to <= band.from) refuse(day.date, "has bands with gaps");
        at = band.to;
        day.bands.push_back(band);
    }
    if (at != day.to) refuse(day.date, "is not covered by its bands");
}

Day read_day(pf::Value value, const Model& model) {
    Day day;
    day.date = std::string(value["date"].str());
    const auto month = month_number(day.date);
    if (!month || day.date.size() != 10) refuse(day.date, "has no date of the form YYYY-MM-DD");
    day.month = *month;
    day.from = value["from"].i64(0);
    day.to = value["to"].i64(0);
    if (day.to <= day.from) refuse(day.date, "has no seconds");
    day.month_seconds = model.is_calendar_month ? value["month_seconds"].i64(0) : seconds_730_hours;
    if (day.month_seconds <= 0) refuse(day.date, "has a month without seconds");
    const std::int64_t since = day.from - value["month_from"].i64(day.from);
    if (since < 0) refuse(day.date, "begins before its month");
    day.since_month = since;
    read_bands(value, model, day);
    return day;
}

}  // namespace

Days read_days(pf::Value days, const Model& model) {
    Days result;
    for (const pf::Value value : days["days"]) {
        result.push_back(read_day(value, model));
        const std::size_t count = result.size();
        if (count > 1 && result[count - 1].from < result[count - 2].to)
            refuse(result.back().date, "begins before the one before it ends");
    }
    if (result.empty()) {
        throw pf::Failure(PF_INVALID_ARGUMENT,
                          "there is no billing day to charge: ask for closed days");
    }
    return result;
}

}  // namespace cost
