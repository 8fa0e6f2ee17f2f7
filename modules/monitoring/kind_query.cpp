#include "kind_query.hpp"

#include <limits>

#include "samples.hpp"

namespace monitoring {
namespace {

// Requests for older samples in one query, of each answer: what needs more is left out, and noted.
constexpr int most_ranges = 50;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool is_machine(Kind kind) noexcept { return kind == Kind::vm || kind == Kind::esxi_vm; }

}  // namespace

KindQuery::KindQuery(pf::MetricsCall& call, const Metric& metric, Kind kind,
                     Aggregation aggregation, const Grid& grid, std::vector<Subject> subjects)
    : call_(call),
      metric_(metric),
      kind_(kind),
      aggregation_(aggregation),
      grid_(grid),
      subjects_(std::move(subjects)) {
    for (std::size_t i = 0; i < subjects_.size(); ++i) by_id_[lower(subjects_[i].id)].push_back(i);
}

void KindQuery::run() {
    const Numbers all = unfinished();
    if (!open(all, grid_.first_s, grid_.time(grid_.count))) {
        for (const Subject& one : subjects_)
            call_.note("metrics.absent", one.id,
                       "this Prism Central has no such metric of this kind of entity");
        return;
    }
    ask_older(read(all));
    write();
}

bool KindQuery::open(const Numbers& asked, std::int64_t from_s, std::int64_t to_s) {
    std::vector<pf_str> ids, clusters, v4;
    std::vector<std::string> names;
    for (const std::size_t at : asked) {
        const Subject& one = subjects_[at];
        ids.push_back(pf::to_str(one.id));
        clusters.push_back(pf::to_str(one.cluster));
    }
    if (is_machine(kind_)) names = {"extId", "stats/timestamp"};
    const std::string prefix = is_machine(kind_) ? "stats/" : "";
    for (const std::string_view field : {metric_.v4, metric_.v4_instead})
        if (!field.empty()) names.push_back(prefix + std::string(field));
    for (const std::string& name : names) v4.push_back(pf::to_str(name));
    const pf_str v3 = pf::to_str(metric_.older);
    pf_statistics_request request{};
    request.struct_size = sizeof request;
    request.endpoint = static_cast<std::uint32_t>(kind_);  // in the order of the descriptor
    request.entity_count = ids.size();
    request.ids = ids.data();
    request.clusters = clusters.data();
    request.v4_field_count = static_cast<std::uint32_t>(v4.size());
    request.v4_fields = v4.data();
    request.v3_field_count = metric_.older.empty() ? 0 : 1;
    request.v3_fields = &v3;
    request.type = pf::to_str(stat_type(aggregation_));
    request.from_s = from_s;
    request.to_s = to_s;
    request.step_s = grid_.step_s;
    return call_.open(request);
}

std::vector<KindQuery::Answer> KindQuery::read(const Numbers& asked) {
    std::vector<Answer> answers;
    while (const auto page = call_.next()) {
        Answer answer;
        const auto take = [&](std::string_view id, const std::vector<Sample>& samples) {
            keep(id, samples, answer);
        };
        if (page->status != PF_OK) {
            has_failed_ = has_failed_ || !page->entity || page->status != PF_NOT_FOUND;
            if (!page->entity) continue;
            Subject& one = subjects_[asked[*page->entity]];
            one.is_unknown = page->status == PF_NOT_FOUND;
            one.is_whole = true;
            continue;
        }
        if (page->dialect == 3) {
            read_groups(page->root, metric_, take);
        } else if (is_machine(kind_)) {
            read_rows(page->root, metric_, take);
        } else if (page->entity) {
            take(subjects_[asked[*page->entity]].id, read_column(page->root, metric_));
        }
        answers.push_back(std::move(answer));
    }
    return answers;
}

std::vector<KindQuery::Answer> KindQuery::ask(const Numbers& asked, std::int64_t from_s,
                                              std::int64_t to_s) {
    return open(asked, from_s, to_s) ? read(asked) : std::vector<Answer>();
}

// Of a whole list, most are not asked for; their samples count all the same.
void KindQuery::keep(std::string_view id, const std::vector<Sample>& samples, Answer& answer) {
    answer.extent.add(samples);
    const auto found = by_id_.find(lower(id));
    if (found == by_id_.end()) return;
    for (const std::size_t at : found->second) {
        Subject& one = subjects_[at];
        one.samples.insert(one.samples.end(), samples.begin(), samples.end());
        one.is_answered = true;
        answer.subjects.push_back(at);
    }
}

// An answer that begins late is cut, or nothing was measured before. One that begins in time shows
// how much an answer can hold; where that leaves it open, the largest is asked for what is before.
void KindQuery::ask_older(const std::vector<Answer>& answers) {
    Extent whole;
    for (const Answer& one : answers)
        if (one.extent.reaches(grid_.first_s)) whole = larger(whole, one.extent);
    const Answer* suspect = nullptr;
    std::int64_t begin_s = grid_.first_s;  // the latest of those that begin late
    for (const Answer& one : answers) {
        if (!one.extent.oldest || one.subjects.empty()) continue;
        if (one.extent.reaches(grid_.first_s) || one.extent.is_within(whole)) {
            for (const std::size_t at : one.subjects) subjects_[at].is_whole = true;
            continue;
        }
        begin_s = std::max(begin_s, *one.extent.oldest);
        if (suspect == nullptr || one.extent.samples > suspect->extent.samples) suspect = &one;
    }
    if (suspect != nullptr && is_cut(*suspect))
        ask_ranges(begin_s, suspect->extent.slots(grid_.step_s));
}

// Whether Prism has samples from before the answer's first. Where it takes the end of a span as a
// part of it, that first one comes again.
bool KindQuery::is_cut(const Answer& suspect) {
    const std::int64_t begin_s = *suspect.extent.oldest;
    const std::int64_t to_s =
        suspect.extent.slots(grid_.step_s) > 1 ? begin_s : begin_s - grid_.step_s;
    if (to_s <= grid_.first_s) return false;
    bool is_cut = false;
    for (const Answer& one : ask(suspect.subjects, grid_.first_s, to_s)) {
        is_cut = is_cut || (one.extent.oldest && *one.extent.oldest < begin_s);
        // Samples from behind the span: it makes no difference what is asked for.
        is_cut = is_cut || (one.extent.newest && *one.extent.newest >= to_s + grid_.step_s);
    }
    return is_cut;
}

// From the latest to the earliest, each as long as an answer reaches; one interval less, in case
// that the end is a part of a span.
void KindQuery::ask_ranges(std::int64_t to_s, std::int64_t slots) {
    const Numbers asked = unfinished();
    int ranges = 0;
    while (to_s > grid_.first_s) {
        if (slots < 2 || ranges++ == most_ranges) return note_cut();
        const std::int64_t from_s = std::max(grid_.first_s, to_s - (slots - 1) * grid_.step_s);
        ask(asked, from_s, to_s);
        to_s = from_s;
    }
}

KindQuery::Numbers KindQuery::unfinished() const {
    Numbers all;
    for (std::size_t i = 0; i < subjects_.size(); ++i)
        if (!subjects_[i].is_whole) all.push_back(i);
    return all;
}

void KindQuery::note_cut() {
    for (const std::size_t at : unfinished())
        call_.note("metrics.cut", subjects_[at].id,
                   "Prism gives the newest samples of a span only, and not all that are older were "
                   "asked for; take a longer period or a shorter time");
}

void KindQuery::write() {
    std::vector<double> values(grid_.count);
    for (const Subject& one : subjects_) {
        if (one.is_unknown) {
            call_.note("metrics.unknown_entity", one.id,
                       "Prism does not know it, or not in this cluster; it may be deleted");
            continue;
        }
        const auto cells = resample(one.samples, grid_, aggregation_);
        bool has_any = false;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            has_any = has_any || cells[i].has_value();
            values[i] =
                cells[i] ? *cells[i] * metric_.factor : std::numeric_limits<double>::quiet_NaN();
        }
        if (has_any) {
            call_.values(one.key, values);
        } else if (one.is_answered || !has_failed_) {  // of a failure the host tells
            call_.note("metrics.no_data", one.id,
                       "Prism shows nothing of it in this time: it was off, or is deleted");
        }
    }
}

}  // namespace monitoring
