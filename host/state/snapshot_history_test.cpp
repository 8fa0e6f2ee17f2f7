// Random histories of two scopes, with rounds that show only some, lists that lack groups, failures
// of who is told, and a new beginning between: who applies what is told has the world as it is.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "host/state/snapshot_file_test.hpp"

using namespace pf::test;
using pf::host::Code;
using pf::host::Status;
using state::Change;
using state::ChangeKind;

namespace {

using World = std::map<std::string, Fields>;  // of a scope, by id

class History {
  public:
    explicit History(unsigned seed) : random_(seed) {}

    void step() {
        for (auto& [kind, world] : worlds_) {
            live(world);
        }
        if (chance(5)) {
            file_.reopen();
        }
        round();
    }
    std::size_t told() const { return told_; }

  private:
    bool chance(int one_of) { return random_() % static_cast<unsigned>(one_of) == 0; }
    std::string number() { return std::to_string(random_() % 3); }

    Fields fields() {
        Fields made = {{"data.x", number()}, {"data.g.one", number()}};
        if (chance(2)) {
            made["data.g.two"] = number();
        }
        made["name"] = number();
        return made;
    }

    void live(World& world) {
        for (int i = 0; i < 3; ++i) {
            const std::string id = "id" + std::to_string(random_() % 12);
            if (chance(3)) {
                world.erase(id);
            } else if (chance(2)) {
                world[id] = fields();
            }
        }
    }

    // What a collection sees of the resource: groups may be missing.
    Fields seen_of(const Fields& real) {
        Fields seen = real;
        if (chance(6)) {
            seen.erase("data.g.one");
            seen.erase("data.g.two");
        }
        return seen;
    }

    void round() {
        REQUIRE(file_.snapshot->begin().ok());
        std::map<std::string, bool> is_complete;
        std::map<std::string, World> seen;
        for (const auto& [kind, world] : worlds_) {
            is_complete[kind] = !chance(3);
            for (const auto& [id, real] : world) {
                if (is_complete[kind] || chance(2)) {
                    seen[kind][id] = seen_of(real);
                    REQUIRE(file_.snapshot->stage(snapshot_row(id, seen[kind][id], kind)).ok());
                }
            }
        }
        for (const auto& [kind, complete] : is_complete) {
            finish(kind, complete, seen[kind]);
        }
    }

    void finish(const std::string& kind, bool is_complete, const World& seen) {
        for (bool is_done = false; !is_done;) {
            const bool fails = chance(4);
            std::vector<Change> changes;
            const auto finished = file_.snapshot->finish(
                {"pc1", kind, is_complete}, [&](const std::vector<Change>& some) {
                    changes.insert(changes.end(), some.begin(), some.end());
                    return fails ? Status(Code::unavailable, "ERROR_TEST", "no") : Status();
                });
            is_done = finished.ok();
            if (!is_done) {
                REQUIRE(fails);
                if (chance(2)) {
                    return;  // the round is given up
                }
                continue;
            }
            if (finished->is_baseline) {
                CHECK(changes.empty());
                replicas_[kind] = seen;
            }
            if (finished->is_unused) {
                CHECK(changes.empty());
                return;
            }
            for (const Change& change : changes) {
                apply(kind, is_complete, change);
            }
            learn(kind, seen);
            if (is_complete) {
                compare(kind, seen);
            }
        }
    }

    void apply(const std::string& kind, bool is_complete, const Change& change) {
        ++told_;
        World& replica = replicas_[kind];
        const std::string& id = change.row.id;
        CHECK(keys_.insert({kind, id, change.round}).second);
        switch (change.what) {
            case ChangeKind::created:
                CHECK(replica.count(id) == 0);
                CHECK(worlds_[kind].count(id) == 1);
                replica[id] = {};
                break;
            case ChangeKind::deleted:
                CHECK(is_complete);
                CHECK(replica.count(id) == 1);
                CHECK(worlds_[kind].count(id) == 0);
                replica.erase(id);
                break;
            case ChangeKind::changed:
                CHECK_FALSE(change.fields.empty());
                for (const state::FieldChange& field : change.fields) {
                    const auto known = replica[id].find(field.name);
                    CHECK((known == replica[id].end() ? "" : known->second) == field.before);
                    if (field.after.empty()) {
                        replica[id].erase(field.name);
                    } else {
                        replica[id][field.name] = field.after;
                    }
                }
                break;
        }
    }

    // What comes without a word: all of what was created, and groups that were unknown.
    void learn(const std::string& kind, const World& seen) {
        for (const auto& [id, fields] : seen) {
            Fields& known = replicas_[kind][id];
            std::set<std::string> groups;
            for (const auto& [name, value] : known) {
                groups.insert(std::string(state::group_of(name)));
            }
            for (const auto& [name, value] : fields) {
                if (groups.count(std::string(state::group_of(name))) == 0) {
                    known[name] = value;
                }
            }
        }
    }

    void compare(const std::string& kind, const World& seen) {
        const World& replica = replicas_[kind];
        CHECK(replica.size() == seen.size());
        for (const auto& [id, fields] : seen) {
            REQUIRE(replica.count(id) == 1);
            for (const auto& [name, value] : fields) {
                const auto known = replica.at(id).find(name);
                REQUIRE(known != replica.at(id).end());
                CHECK(known->second == value);
            }
            if (fields.count("data.g.one") == 1) {
                CHECK(replica.at(id).size() == fields.size());
            }
        }
    }

    std::mt19937 random_;
    SnapshotFile file_;
    std::map<std::string, World> worlds_{{"vm", {}}, {"disk", {}}};
    std::map<std::string, World> replicas_;
    std::set<std::tuple<std::string, std::string, std::int64_t>> keys_;
    std::size_t told_ = 0;
};

}  // namespace

TEST_CASE("who applies what is told has the world as it is, whatever happens between") {
    std::size_t told = 0;
    for (unsigned seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        History history(seed);
        for (int i = 0; i < 30; ++i) {
            history.step();
        }
        told += history.told();
    }
    CHECK(told > 1000);
}
