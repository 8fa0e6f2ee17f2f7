// What tests of the snapshot share: a file of its own, rows in short, changes as texts.
#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "host/state/database.hpp"
#include "host/state/snapshot.hpp"

namespace pf::test {

namespace state = pf::host::state;

class SnapshotFile {
  public:
    SnapshotFile() : folder_(make_folder()) { reopen(); }
    ~SnapshotFile() {
        close();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    SnapshotFile(const SnapshotFile&) = delete;
    SnapshotFile& operator=(const SnapshotFile&) = delete;

    std::string path() const { return folder_ + "/watch.db"; }
    void close() {
        snapshot.reset();
        database.reset();
    }
    void reopen() {
        close();
        auto opened = state::Database::open({path(), {}, 0}, state::Database::Mode::create);
        REQUIRE(opened.status().text() == "OK");
        database = std::move(*opened);
        auto made = state::Snapshot::in(database, std::make_shared<std::recursive_mutex>());
        REQUIRE(made.status().text() == "OK");
        snapshot = std::move(*made);
    }

    std::shared_ptr<state::Database> database;
    std::unique_ptr<state::Snapshot> snapshot;

  private:
    static std::string make_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "snapshotXXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        return name;
    }
    std::string folder_;
};

using Fields = std::map<std::string, std::string>;

inline state::SnapshotRow snapshot_row(const std::string& id, const Fields& fields,
                                       const std::string& kind = "vm",
                                       const std::string& account = "pc1") {
    state::SnapshotRow row;
    row.account = account;
    row.kind = kind;
    row.id = id;
    row.name = "name of " + id;
    row.region = "r";
    row.categories = {"Env=Prod"};
    row.content.form = "1";
    for (const auto& [name, value] : fields) {
        row.content.fields.push_back({name, value});
    }
    return row;
}

// "created a", "changed a data.x: 1 -> 2, data.y: -> 3", "deleted a".
inline std::string text_of(const state::Change& change) {
    static const char* const words[] = {"created ", "changed ", "deleted "};
    std::string text = words[static_cast<int>(change.what)] + change.row.id;
    std::string comma = " ";
    for (const state::FieldChange& field : change.fields) {
        text += comma + field.name + ": " + field.before + " -> " + field.after;
        comma = ", ";
    }
    return text;
}

using Texts = std::vector<std::string>;

// One round of one scope; what it tells.
inline Texts told_by(state::Snapshot& snapshot, const std::vector<state::SnapshotRow>& rows,
                     bool is_complete, state::RoundResult* result = nullptr,
                     bool accept_shrink = false) {
    REQUIRE(snapshot.begin().ok());
    for (const state::SnapshotRow& row : rows) {
        REQUIRE(snapshot.stage(row).text() == "OK");
    }
    Texts told;
    const auto finished = snapshot.finish({"pc1", "vm", is_complete, accept_shrink},
                                          [&](const std::vector<state::Change>& changes) {
                                              for (const state::Change& change : changes) {
                                                  told.push_back(text_of(change));
                                              }
                                              return pf::host::Status();
                                          });
    REQUIRE(finished.status().text() == "OK");
    if (result != nullptr) {
        *result = *finished;
    }
    return told;
}

}  // namespace pf::test
