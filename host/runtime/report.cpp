#include "host/runtime/report.hpp"

#include <nlohmann/json.hpp>

namespace pf::host::runtime {
namespace {

using Json = nlohmann::ordered_json;

Json counts(const ListReport& list) {
    return {{"server_total", list.server_total},
            {"received", list.received},
            {"unique", list.unique},
            {"repeated", list.repeated},
            {"emitted", list.emitted},
            {"filtered", list.filtered},
            {"skipped", list.skipped},
            {"lost", list.lost}};
}

std::string sentence(const Reason& reason) {
    std::string text = reason.code + ": ";
    if (!reason.target.empty()) {
        text += reason.target + ": ";
    }
    if (!reason.kind.empty()) {
        text += reason.kind + ": ";
    }
    text += reason.text;
    if (reason.count > 1) {
        text += " (" + std::to_string(reason.count) + " times)";
    }
    return text;
}

Json sentences(const std::vector<Reason>& reasons) {
    Json list = Json::array();
    for (const Reason& reason : reasons) {
        list.push_back(sentence(reason));
    }
    return list;
}

}  // namespace

ListReport RunReport::total() const {
    ListReport sum;
    sum.is_complete = true;
    for (const ListReport& list : lists) {
        sum.server_total += list.server_total;
        sum.received += list.received;
        sum.unique += list.unique;
        sum.repeated += list.repeated;
        sum.emitted += list.emitted;
        sum.filtered += list.filtered;
        sum.skipped += list.skipped;
        sum.lost += list.lost;
        sum.is_complete = sum.is_complete && list.is_complete;
    }
    return sum;
}

std::string RunReport::to_json() const {
    Json json = counts(total());
    json["rows"] = rows;
    json["failure_rows"] = failure_rows;
    json["calls"] = prism_calls;
    json["retries"] = prism_retries;
    json["prism_wait_ms"] = prism_wait_ms;
    json["receiver_wait_ms"] = receiver_wait_ms;
    json["elapsed_ms"] = elapsed_ms;
    json["complete"] = is_complete();
    json["reasons"] = sentences(missing);
    if (!end.ok()) {
        json["reasons"].push_back(end.text());
    }
    json["notes"] = sentences(notes);
    json["apis"] = Json::object();
    for (const ApiReport& api : apis) {
        json["apis"][api.target][api.api_namespace].push_back(
            api.version + (api.reason.empty() ? "" : " (" + api.reason + ")"));
    }
    Json all = Json::array();
    for (const ListReport& list : lists) {
        Json one = {{"target", list.target},
                    {"kind", list.kind},
                    {"module", list.module},
                    {"api", list.api}};
        one.update(counts(list));
        one["complete"] = list.is_complete;
        all.push_back(std::move(one));
    }
    json["lists"] = std::move(all);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pf::host::runtime
