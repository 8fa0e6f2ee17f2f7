// Odd data: a module's handler against every way in which its entities may be missing something
// or be odd, generated from the entities of a script.
//
//   const auto result = pf::testing::try_odd_data({pf_module_entry_v0(), "vm", script});
//   CHECK(result.complaints == "");
//   CHECK(result.changes > 1000);
//
// Of every scripted entity each member and element is removed, null, of a wrong type, an unknown
// word and an absurd number, one at a time, and the handler runs. Then:
//
//   - the call ends well, and breaks none of the ABI's rules;
//   - every resource goes out; when its own id was hit it may be skipped;
//   - every key of its data is there, in the descriptor's form, or declared unknown;
//   - null says the same as no member at all;
//   - no loss is silent: what a wrong type or an unknown word took out of a record is noted by
//     the module, or was asked for and found to be of another type (the host counts that), and a
//     region that is gone is noted.
#pragma once

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "prismforet/testing/compare.hpp"
#include "prismforet/testing/fake_host.hpp"
#include "prismforet/testing/odd_changes.hpp"

namespace pf::testing {

// A path at which the module deliberately loses a value, or a resource, without a word.
struct SilentLoss {
    std::string path;    // with "*" for indices: "disks[*].device_properties.device_type"
    std::string reason;  // one sentence
};

// What to try.
struct OddData {
    const pf_module* module = nullptr;
    std::string kind;                       // the output whose handler runs
    std::function<void(FakeHost&)> script;  // gives a fresh host all pages of all endpoints
    std::string endpoint = {};              // whose entities change; empty = the output's own
    CollectOptions how = {};
    std::vector<SilentLoss> silent = {};  // one that nothing needs is a complaint
};

// What came of it.
struct OddDataResult {
    std::size_t entities = 0;
    std::size_t changes = 0;  // how often the handler ran with a change
    std::size_t told = 0;     // changes that took something out of a record, all told
    std::string complaints;   // one line each, empty = all is well; at most `most_lines`
    std::size_t complaint_count = 0;
    static constexpr std::size_t most_lines = 40;
};

namespace detail {

class OddDataTrial {
  public:
    explicit OddDataTrial(const OddData& what) : what_(what), host_(what.module) {
        what.script(host_);
        Script& script = host_.script();
        const Json& output = script.descriptor()["outputs"].at(script.index("outputs", what.kind));
        forms_ = &output["data"];
        const std::string& own = output["endpoint"].text;
        endpoint_ = script.index("endpoints", what.endpoint.empty() ? own : what.endpoint);
        if (script.index("endpoints", own) == endpoint_) {
            id_path_ = script.form_of(endpoint_)["id"].text;
        }
    }

    OddDataResult run() {
        EndpointScript& endpoint = host_.script().endpoints[endpoint_];
        const std::vector<std::string> pages = std::move(endpoint.pages);
        for (const std::string& text : pages) {
            const Json answer = Json::parse(text);
            for (const Json& entity : host_.script().items(endpoint_, answer).children) {
                entities_.push_back(entity);
            }
        }
        for (at_ = 0; at_ < entities_.size(); ++at_) try_entity(entities_[at_]);
        for (const SilentLoss& each : what_.silent) {
            if (!used_.contains(each.path))
                complain("the silent loss of " + each.path + " never happens");
        }
        return std::move(result_);
    }

  private:
    // The list has one entity; another endpoint's has them all, since rows need them.
    Run collect(const Json& entity) {
        Json page = Json::empty(PF_KIND_ARRAY);
        for (std::size_t i = 0; i < entities_.size(); ++i) {
            if (i == at_) page.add("", entity);
            if (i != at_ && id_path_.empty()) page.add("", entities_[i]);
        }
        host_.script().endpoints[endpoint_].pages = {page.dump()};
        return host_.collect(what_.kind, what_.how);
    }

    void try_entity(const Json& entity) {
        ++result_.entities;
        id_ = host_.script().id_of(endpoint_, entity);
        const Run whole = collect(entity);
        std::string removed;  // what the run without the current member says
        each_odd_change(entity, [&](const OddChange& change, const Json& changed) {
            ++result_.changes;
            const Run run = collect(changed);
            judge(change, whole, run);
            if (change.oddity == Oddity::removed) removed = run.text();
            if (change.oddity == Oddity::null && !change.is_element && run.text() != removed) {
                complain(change, "says something else than without the member");
            }
        });
    }

    void judge(const OddChange& change, const Run& whole, const Run& run) {
        if (run.status != PF_OK) complain(change, "ends the call: " + run.why);
        for (const std::string& problem : run.problems) complain(change, problem);
        for (const Finding& each : run.refused) complain(change, "is refused: " + each.why);
        if (!run.lost.empty()) complain(change, "leaves an entity unsettled");
        const bool hits_id = !id_path_.empty() && is_part_of(id_path_, change.path);
        if (hits_id && run.records.empty()) return;
        for (const Record& expected : whole.records) {
            const Record& record = hits_id ? run.records.front() : run.record(expected.id);
            if (record.content.kind == PF_KIND_ABSENT) {
                complain_of_loss(change, "takes the resource away");
                continue;
            }
            check_keys(change, record);
            check_loss(change, expected, record, run.notes.size() > whole.notes.size(),
                       run.odd_reads > whole.odd_reads);
        }
    }

    // Every key in its form, or unknown.
    void check_keys(const OddChange& change, const Record& record) {
        for (const Json& form : forms_->children) {
            const Json& value = record.content["data"][form.key];
            const bool is_unknown = std::find(record.unknown.begin(), record.unknown.end(),
                                              form.key) != record.unknown.end();
            if (is_unknown != (value.kind == PF_KIND_ABSENT)) {
                complain(change, "data." + form.key + " is neither there nor unknown");
            } else if (!is_unknown && !fits(form, value, change)) {
                complain(change, "data." + form.key + " is of another kind than the descriptor's");
            }
        }
    }

    // A number too large to be exact goes out as a text.
    static bool fits(const Json& form, const Json& value, const OddChange& change) {
        const auto is_number = [&](const Json& json) {
            return json.kind == PF_KIND_INT || json.kind == PF_KIND_FLOAT ||
                   (json.kind == PF_KIND_STRING && change.oddity == Oddity::absurd_number);
        };
        return form.kind == PF_KIND_NULL || form.kind == value.kind ||
               (is_number(form) && is_number(value));
    }

    void check_loss(const OddChange& change, const Record& expected, const Record& record,
                    bool is_noted, bool is_counted) {
        const bool may_be_missing =
            change.oddity == Oddity::removed || change.oddity == Oddity::null;
        const bool has_region = record.content["region"].kind != PF_KIND_ABSENT;
        if (!has_region && expected.content["region"].kind != PF_KIND_ABSENT && !is_noted) {
            complain_of_loss(change, "takes the region away without a note");
        }
        if (may_be_missing || change.oddity == Oddity::absurd_number) return;
        const std::string text = record.text();
        if (text == expected.text()) return;
        const bool came_through = holds_odd_value(text);
        if (is_noted || is_counted || came_through) {
            ++result_.told;
            return;
        }
        const std::string lost = difference(expected.canonical(), record.canonical());
        complain_of_loss(change, "is lost without a word: " + lost.substr(0, lost.find('\n')));
    }

    // Words may come out in lower case.
    static bool holds_odd_value(std::string_view text) {
        std::string lower(text);
        for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return lower.find("odd_word") != lower.npos ||
               lower.find(std::to_string(odd_number)) != lower.npos;
    }

    // `path` is `whole` or holds it.
    static bool is_part_of(std::string_view whole, std::string_view path) {
        return whole.starts_with(path) &&
               (whole.size() == path.size() || whole[path.size()] == '.');
    }

    void complain_of_loss(const OddChange& change, const std::string& text) {
        const std::string pattern = pattern_of_path(change.path);
        for (const SilentLoss& each : what_.silent) {
            if (each.path != pattern) continue;
            used_.insert(each.path);
            return;
        }
        complain(change, text);
    }

    void complain(const OddChange& change, const std::string& text) {
        complain(id_ + ": " + text_of(change) + ": " + text);
    }
    void complain(const std::string& line) {
        if (++result_.complaint_count > OddDataResult::most_lines) return;
        (result_.complaints += line) += '\n';
    }

    const OddData& what_;
    FakeHost host_;
    const Json* forms_ = nullptr;
    std::uint32_t endpoint_ = 0;
    std::string id_path_;  // empty: it is not the output's own endpoint
    std::vector<Json> entities_;
    std::size_t at_ = 0;          // of the entity in hand
    std::string id_;              // of the entity in hand
    std::set<std::string> used_;  // of the silent losses
    OddDataResult result_;
};

}  // namespace detail

// Runs the trial. Throws what FakeHost throws.
inline OddDataResult try_odd_data(const OddData& what) { return detail::OddDataTrial(what).run(); }

}  // namespace pf::testing
