// How letters come into an outbox.
#include "host/state/outbox.hpp"

#include <algorithm>

#include "host/state/outbox_rows.hpp"
#include "host/state/transaction.hpp"

namespace pf::host::state {
namespace {

constexpr std::size_t longest_name = 256;
constexpr std::size_t largest_content = std::size_t{1} << 20;

std::uint64_t bytes_of(const Letter& letter) {
    return letter.key.size() + letter.lane.size() + letter.channel.size() + letter.content.size();
}

Status check_letter(const Letter& letter) {
    const char* wrong = letter.key.empty()                     ? "has no key"
                        : letter.key.size() > longest_name     ? "has a key of over 256 bytes"
                        : letter.lane.size() > longest_name    ? "has a lane of over 256 bytes"
                        : letter.channel.size() > longest_name ? "has a channel of over 256 bytes"
                        : letter.content.size() > largest_content ? "is larger than 1 MiB"
                                                                  : nullptr;
    return wrong == nullptr
               ? Status()
               : Status(Code::invalid_argument, "ERROR_OUTBOX_LETTER",
                        "a letter for " + letter.channel.substr(0, longest_name) + " " + wrong +
                            "; none of those put with it was taken: shorten it");
}

// Puts one letter after the other, within a transaction of who made it.
class Intake {
  public:
    Intake(Database& database, const OutboxLimits& limits, Tally& tally)
        : database_(database), limits_(limits), counts_(tally.counts), next_id_(tally.next_id) {}

    Status prepare() {
        auto known = database_.prepare("SELECT 1 FROM outbox_parcel WHERE key = ?1");
        auto insert = database_.prepare(
            "INSERT INTO outbox_parcel VALUES(?1, 0,"
            " NOT EXISTS(SELECT 1 FROM outbox_parcel WHERE is_dead = 0 AND lane = ?3),"
            " ?2, ?3, ?4, ?5, ?8, 0, '', '', ?6,"
            " row_sum(?1, 0, ?2, ?3, ?4, ?5, ?8, 0, '', '', ?6, ?7), ?7)");
        if (!known || !insert) {
            return known ? insert.status() : known.status();
        }
        known_.emplace(std::move(*known));
        insert_.emplace(std::move(*insert));
        return Status();
    }

    // True when it was taken. Once there is no room nothing new is taken, so that none overtakes.
    Result<bool> take(const Letter& letter, std::int64_t now) {
        auto present = known_->bind(1, std::string_view(letter.key)).step();
        known_->reset();
        if (!present || *present) {
            return present;
        }
        const std::uint64_t bytes = bytes_of(letter);
        is_full_ =
            is_full_ || counts_.waiting >= limits_.waiting || counts_.bytes + bytes > limits_.bytes;
        if (is_full_) {
            ++counts_.dropped;
            return false;
        }
        Status inserted = insert_->bind(1, next_id_)
                              .bind(2, std::string_view(letter.key))
                              .bind(3, std::string_view(letter.lane))
                              .bind(4, std::string_view(letter.channel))
                              .bind(5, now)
                              .bind(6, static_cast<std::int64_t>(bytes))
                              .bind(7, std::string_view(letter.content))
                              .bind(8, std::max(now, letter.not_before))
                              .run();
        if (!inserted.ok()) {
            return inserted;
        }
        ++next_id_;
        ++counts_.put;
        ++counts_.waiting;
        counts_.bytes += bytes;
        return true;
    }

  private:
    Database& database_;
    const OutboxLimits& limits_;
    OutboxCounts& counts_;
    std::int64_t& next_id_;
    std::optional<Statement> known_;
    std::optional<Statement> insert_;
    bool is_full_ = false;
};

}  // namespace

Result<std::size_t> Outbox::put(const std::vector<Letter>& letters, std::int64_t now) {
    for (const Letter& letter : letters) {
        if (Status checked = check_letter(letter); !checked.ok()) {
            return checked;
        }
    }
    const std::lock_guard lock(*mutex_);
    Transaction transaction(*database_);
    if (Status begun = transaction.begin(); !begun.ok()) {
        return begun;
    }
    auto tally = read_tally(*database_);
    if (!tally) {
        return tally.status();
    }
    Intake intake(*database_, limits_, *tally);
    if (Status prepared = intake.prepare(); !prepared.ok()) {
        return prepared;
    }
    std::size_t taken = 0;
    for (const Letter& letter : letters) {
        const auto one = intake.take(letter, now);
        if (!one) {
            return one.status();
        }
        taken += *one ? 1 : 0;
    }
    Status written = write_tally(*database_, *tally);
    if (written.ok()) {
        written = transaction.commit();
    }
    if (!written.ok()) {
        return written;
    }
    return taken;
}

}  // namespace pf::host::state
