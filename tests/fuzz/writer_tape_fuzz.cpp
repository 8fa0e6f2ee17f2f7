// A byte string played as calls of pf_writer, in valid and invalid orders, into the real writer
// with each of its encoders and into the recorder of the SDK's fake host. All must agree: on what
// is refused, on what goes out, and that nothing is left of a record that was refused or aborted.
#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/services/call.hpp"
#include "host/services/handling.hpp"
#include "host/services/host.hpp"
#include "host/services/json_path.hpp"
#include "prismforet/testing/recorder.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/rows.hpp"

namespace pf::fuzz {
namespace {

using namespace pf::host;
using encoding::RowFormat;
using nlohmann::json;

constexpr const char* account = "00000000-0000-4000-8000-000000000001";
constexpr const char* link_base = "https://pc1:9440";

// Two outputs: a few data keys, and as many as there can be.
std::string descriptor_text() {
    std::string text = R"({"outputs":[{"data":{"a":{},"b":[],"c":"","d":null}},{"data":{"k0":{})";
    for (int i = 1; i < 64; ++i) {
        text += ",\"k" + std::to_string(i) + "\":[]";
    }
    return text + "}}]}";
}

const testing::Json& descriptor_json() {
    static const testing::Json parsed = testing::Json::parse(descriptor_text());
    return parsed;
}

std::shared_ptr<const services::Descriptor> descriptor() {
    static const auto made = [] {
        auto one = std::make_shared<services::Descriptor>();
        one->name = "tape";
        one->endpoints.emplace_back().name = "things";
        for (const testing::Json& output : descriptor_json()["outputs"].children) {
            services::Output& into = one->outputs.emplace_back();
            into.kind = "kind";
            into.group = "Group";
            into.type = "Type";
            for (const testing::Json& key : output["data"].children) {
                const auto form = key.kind == PF_KIND_OBJECT   ? services::EmptyForm::object
                                  : key.kind == PF_KIND_ARRAY  ? services::EmptyForm::array
                                  : key.kind == PF_KIND_STRING ? services::EmptyForm::text
                                                               : services::EmptyForm::null;
                into.data_keys.push_back({key.key, form});
            }
        }
        return std::shared_ptr<const services::Descriptor>(std::move(one));
    }();
    return made;
}

// Takes arguments off the tape; zeros when it is used up.
class Tape {
  public:
    Tape(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}

    bool is_over() const { return at_ == end_; }
    std::uint8_t byte() { return is_over() ? 0 : *at_++; }
    std::uint64_t word() {
        std::uint64_t value = 0;
        const std::size_t size = std::min<std::size_t>(8, static_cast<std::size_t>(end_ - at_));
        std::memcpy(&value, at_, size);
        at_ += size;
        return value;
    }

    // A known word, bytes of the tape, or a long run of one character.
    std::string text() {
        std::string out = any_text();
        written_ += out.size();
        return written_ > most_text ? std::string() : out;
    }
    // Bytes of text so far.
    std::size_t written() const { return written_; }

  private:
    static constexpr std::size_t most_text = 5u << 19;

    std::string any_text() {
        static constexpr const char* words[] = {"name",
                                                "region",
                                                "instance_type",
                                                "instance_size",
                                                "ip_addresses",
                                                "link",
                                                "tags",
                                                "data",
                                                "a",
                                                "b",
                                                "c",
                                                "d",
                                                "k0",
                                                "k63",
                                                "$x",
                                                "x.y",
                                                "",
                                                "/console",
                                                "deep",
                                                "other"};
        const std::uint8_t kind = byte();
        if (kind < std::size(words)) {
            return words[kind];
        }
        if (kind >= 0xF8) {
            static constexpr std::size_t sizes[] = {120, 128, 255, 256, 1024, 1025, 16384, 1 << 20};
            const std::size_t size = sizes[kind - 0xF8];
            return (byte() & 1) != 0 ? std::string(size, 'x') : repeated("\xC3\xA9", size);
        }
        const std::size_t size =
            std::min<std::size_t>(kind - std::size(words), static_cast<std::size_t>(end_ - at_));
        std::string out(reinterpret_cast<const char*>(at_), size);
        at_ += size;
        return out;
    }

    static std::string repeated(std::string_view part, std::size_t times) {
        std::string out(part.size() * times, '\0');
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = part[i % part.size()];
        }
        return out;
    }

    const std::uint8_t* at_;
    const std::uint8_t* end_;
    std::size_t written_ = 0;
};

// A call with one encoder, and what came out of it.
class Pen {
  public:
    explicit Pen(RowFormat format)
        : format_(format), rows_(std::make_shared<GatheredRows>()), call_(setup(format, rows_)) {}

    services::Call& books() { return call_; }
    std::vector<json> finish() {
        call_.finish(PF_OK);
        std::vector<json> resources;
        for (const std::string& row : rows_->rows()) {
            resources.push_back(resource_of(row, format_));
        }
        require(resources.size() == call_.rows(), "a call counts its rows");
        return resources;
    }

  private:
    static services::CallSetup setup(RowFormat format, std::shared_ptr<GatheredRows> rows) {
        services::CallSetup setup;
        setup.descriptor = descriptor();
        setup.meter = std::make_shared<prism::Meter>();
        setup.output = std::move(rows);
        setup.format = format;
        setup.account = account;
        setup.link_base = link_base;
        return setup;
    }

    RowFormat format_;
    std::shared_ptr<GatheredRows> rows_;
    services::Call call_;
};

json to_json(const testing::Json& from) {
    switch (from.kind) {
        case PF_KIND_BOOL:
            return from.truth;
        case PF_KIND_INT:
            return from.whole;
        case PF_KIND_FLOAT:
            return from.number;
        case PF_KIND_STRING:
            return from.text;
        case PF_KIND_ARRAY: {
            json list = json::array();
            for (const testing::Json& child : from.children) {
                list.push_back(to_json(child));
            }
            return list;
        }
        case PF_KIND_OBJECT: {
            json object = json::object();
            for (const testing::Json& child : from.children) {
                object[child.key] = to_json(child);
            }
            return object;
        }
        default:
            return nullptr;
    }
}

// What the receiver must get of a record the fake host kept.
json resource_from(const testing::Record& record) {
    json resource = to_json(record.content);
    json reference = {{"resource_id", record.id}};
    if (const auto link = resource.find("link"); link != resource.end()) {
        const std::string url = link->get<std::string>();
        reference["external_link"] = url.front() == '/' ? link_base + url : url;
        resource.erase(link);
    }
    if (const auto region = resource.find("region"); region != resource.end()) {
        resource["region_code"] = *region;
        resource.erase("region");
    }
    resource["reference"] = std::move(reference);
    return resource;
}

// What the host puts into every row.
// What a module wrote, of what the host makes of it.
json without_additions(json resource, bool has_name) {
    for (const auto& [key, text] : {std::pair{"provider", "nutanix"},
                                    {"cloud_service_group", "Group"},
                                    {"cloud_service_type", "Type"},
                                    {"account", account}}) {
        require(resource.contains(key) && resource[key] == text, "a row has its constants", key);
        resource.erase(key);
    }
    require(resource.contains("metadata"), "a row points to its type");
    resource.erase("metadata");
    if (!has_name) {
        require(resource["name"] == resource["reference"]["resource_id"],
                "who has no name is called by the id");
        resource.erase("name");
    }
    return resource;
}

// The same calls to all of them.
class Players {
  public:
    Players() : recorder_(descriptor_json(), [](auto, auto, auto) {}) {
        for (const auto format :
             {RowFormat::json_line, RowFormat::wire_json_data, RowFormat::wire_struct}) {
            pens_.push_back(std::make_unique<Pen>(format));
        }
    }

    void play(Tape& tape) {
        while (!tape.is_over() && !is_cut_) {
            step(tape);
        }
    }
    void compare();

  private:
    template <class F>
    void each(F f) {
        for (const auto& pen : pens_) {
            const services::Handling handling(pen->books());
            f(*writer_, handling.handle());
        }
    }
    void step(Tape& tape);
    void begin(Tape& tape);
    void end(const Tape& tape);

    const pf_writer* writer_ = services::host_for_module("tape")->writer;
    std::vector<std::unique_ptr<Pen>> pens_;
    testing::Recorder recorder_;
    // One for each record that went out; nothing where the fake host cannot say how it looks.
    std::vector<std::optional<json>> expected_;
    std::size_t written_before_ = 0;  // bytes of text when the record began
    bool is_cut_ = false;             // the forms differ from here on
};

void Players::begin(Tape& tape) {
    written_before_ = tape.written();
    const std::uint32_t output = tape.byte() % 3;
    const std::string id = tape.text();
    each([&](const pf_writer& writer, pf_call* call) {
        writer.begin(call, output, pf_val{0, 0}, services::to_pf(id));
    });
    recorder_.begin(output, id);
}

void Players::end(const Tape& tape) {
    std::vector<pf_status> statuses;
    each([&](const pf_writer& writer, pf_call* call) { statuses.push_back(writer.end(call)); });
    testing::Record record;
    const bool is_kept = recorder_.end(record);
    const bool is_out = statuses[0] == PF_OK;
    const bool is_same = std::all_of(statuses.begin(), statuses.end(),
                                     [&](pf_status status) { return status == statuses[0]; });
    require(is_out || statuses[0] == PF_INVALID_ARGUMENT, "a record is in or out");
    // Each form has its own size, so a large record may be too large for some of them only.
    if ((tape.written() - written_before_) > services::Writer::largest_record / 8 &&
        (!is_same || is_out != is_kept)) {
        is_cut_ = true;
        return;
    }
    require(is_same, "all encoders agree on what is refused", recorder_.error());
    if (is_kept) {
        require(is_out, "what the fake host accepts the host accepts", record.text());
        expected_.emplace_back(resource_from(record));
    } else if (is_out) {
        require(recorder_.error().find("written twice") != std::string::npos,
                "what the fake host refuses the host refuses", recorder_.error());
        expected_.emplace_back();
    }
}

void Players::step(Tape& tape) {
    switch (tape.byte() % 13) {
        case 0:
            return begin(tape);
        case 1: {
            const std::string key = tape.text();
            each([&](const pf_writer& w, pf_call* call) { w.key(call, services::to_pf(key)); });
            return recorder_.key(key);
        }
        case 2: {
            const std::string text = tape.text();
            each([&](const pf_writer& w, pf_call* call) { w.str(call, services::to_pf(text)); });
            return recorder_.str(text);
        }
        case 3: {
            const auto number = static_cast<std::int64_t>(tape.word());
            each([&](const pf_writer& w, pf_call* call) { w.i64(call, number); });
            return recorder_.i64(number);
        }
        case 4: {
            const auto number = std::bit_cast<double>(tape.word());
            each([&](const pf_writer& w, pf_call* call) { w.f64(call, number); });
            return recorder_.f64(number);
        }
        case 5: {
            const std::int32_t truth = tape.byte();
            each([&](const pf_writer& w, pf_call* call) { w.boolean(call, truth); });
            return recorder_.boolean(truth != 0);
        }
        case 6:
            each([](const pf_writer& w, pf_call* call) { w.null(call); });
            return recorder_.null();
        case 7:
            each([](const pf_writer& w, pf_call* call) { w.obj(call); });
            return recorder_.open(PF_KIND_OBJECT);
        case 8:
            each([](const pf_writer& w, pf_call* call) { w.arr(call); });
            return recorder_.open(PF_KIND_ARRAY);
        case 9:
            each([](const pf_writer& w, pf_call* call) { w.close(call); });
            return recorder_.close();
        case 10: {
            const std::string key = tape.text();
            each([&](const pf_writer& w, pf_call* call) { w.unknown(call, services::to_pf(key)); });
            return recorder_.unknown(key);
        }
        case 11:
            return end(tape);
        default:
            each([](const pf_writer& w, pf_call* call) { w.abort(call); });
            return recorder_.abort();
    }
}

void Players::compare() {
    std::vector<std::vector<json>> forms;
    for (const auto& pen : pens_) {
        forms.push_back(pen->finish());
        for (const services::Finding& finding : pen->books().findings().all_missing()) {
            require(is_utf8(finding.text) && is_utf8(finding.code), "a finding is readable");
        }
        require(forms.back().size() == expected_.size(),
                "what was committed went out, and no more");
    }
    for (std::size_t i = 0; i < expected_.size(); ++i) {
        const json& first = forms.front()[i];
        for (const std::vector<json>& form : forms) {
            require(form[i] == first, "all forms of a row say the same",
                    form[i].dump() + "\n" + first.dump());
        }
        require_storable(first["data"]);
        if (!expected_[i]) {
            continue;
        }
        const json own = without_additions(first, expected_[i]->contains("name"));
        require(own == *expected_[i], "a row says what was written",
                own.dump() + "\n" + expected_[i]->dump());
    }
}

}  // namespace
}  // namespace pf::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    Tape tape(data, size);
    Players players;
    players.play(tape);
    players.compare();
    return 0;
}
