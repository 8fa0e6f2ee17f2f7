// The parts of the hot path alone, by Google Benchmark.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <random>

#include "host/services/document.hpp"
#include "host/services/id_set.hpp"
#include "host/services/json_path.hpp"
#include "host/services/ledger.hpp"
#include "host/services/writer.hpp"
#include "tests/bench/measures.hpp"
#include "tests/bench/vm_pages.hpp"

namespace pf::bench {
namespace {

using namespace host::services;
using host::encoding::RowFormat;

// Twenty pages, so that nothing is learned by heart: neither by caches nor by branch prediction.
const VmPages& pages() {
    static const VmPages made = make_vm_pages(20);
    return made;
}

std::vector<Document> parsed_pages() {
    std::vector<Document> documents;
    for (const host::prism::Body& page : pages().pages) {
        (void)documents.emplace_back().parse_padded(page.text());
    }
    return documents;
}

void parse(benchmark::State& state) {
    Document document;
    std::size_t page = 0;
    std::size_t bytes = 0;
    for (auto _ : state) {
        const auto text = pages().pages[page++ % pages().pages.size()].text();
        benchmark::DoNotOptimize(document.parse_padded(text));
        bytes += text.size();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
    state.SetItemsProcessed(state.iterations() * 100);
}

// Asks every machine of every page for `keys`, as a handler does.
void get_members(benchmark::State& state, std::initializer_list<std::string_view> keys) {
    const std::vector<Document> documents = parsed_pages();
    std::int64_t asked = 0;
    for (auto _ : state) {
        const Document& document = documents[static_cast<std::size_t>(asked) % documents.size()];
        const pf_val items = reader().get(document.root(), to_pf("data"));
        for (pf_val item = reader().first(items); item.doc != 0;
             item = reader().next(items, item)) {
            for (const std::string_view key : keys) {
                benchmark::DoNotOptimize(reader().get(item, to_pf(key)));
                ++asked;
            }
        }
    }
    state.SetItemsProcessed(asked);
}
void get_hit(benchmark::State& state) {
    get_members(state, {"extId", "name", "cluster", "host", "powerState", "memorySizeBytes",
                        "numSockets", "machineType", "disks", "nics"});
}
void get_miss(benchmark::State& state) {
    get_members(state, {"availabilityZone", "gpus2", "isAgentVm2", "nameOfNobody", "x"});
}
void get_in_small_object(benchmark::State& state) {
    const std::vector<Document> documents = parsed_pages();
    std::vector<pf_val> clusters;
    for (const Document& document : documents) {
        const pf_val items = reader().get(document.root(), to_pf("data"));
        for (pf_val item = reader().first(items); item.doc != 0;
             item = reader().next(items, item)) {
            clusters.push_back(reader().get(item, to_pf("cluster")));
        }
    }
    std::size_t at = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(reader().get(clusters[at++ % clusters.size()], to_pf("extId")));
    }
    state.SetItemsProcessed(state.iterations());
}

// A record like that of a small machine: what the rules and the encoding cost without a reader.
void write_row(benchmark::State& state, RowFormat format) {
    Output output;
    output.kind = "vm";
    output.data_keys = {{"compute", EmptyForm::object}, {"disks", EmptyForm::array}};
    host::encoding::RowShape shape;
    shape.resource_type = "inventory.CloudService";
    shape.match_keys = {"reference.resource_id", "provider"};
    shape.constants = {{"provider", "nutanix"}};
    host::encoding::Buffer bytes;
    Findings findings;
    Writer writer(bytes, findings, "https://pc.example.test:9440");
    WriterOutput target;
    target.output = &output;
    target.encoder = std::make_unique<host::encoding::RowEncoder>(format, shape, bytes);
    const std::string id = "04fd74c0-43ea-4c4e-a291-0679e92fd55f";
    std::int64_t tokens = 0;
    std::int64_t sent = 0;
    for (auto _ : state) {
        writer.begin(target, id);
        writer.key("name");
        writer.str("vdi-dev-000084");
        writer.key("data");
        writer.open(false);
        writer.key("compute");
        writer.open(false);
        for (const char* key : {"instance_id", "instance_name", "az", "image", "launched_at"}) {
            writer.key(key);
            writer.str(id);
        }
        writer.close();
        writer.key("disks");
        writer.open(true);
        for (std::int64_t i = 0; i < 4; ++i) {
            writer.open(false);
            writer.key("device_index");
            writer.i64(i);
            writer.key("device");
            writer.str("scsi.0");
            writer.key("size");
            writer.i64(214748364800);
            writer.key("boot");
            writer.boolean(i == 0);
            writer.close();
        }
        writer.close();
        writer.close();
        benchmark::DoNotOptimize(writer.finish(true));
        tokens += 68;
        sent += static_cast<std::int64_t>(bytes.size());
        bytes.clear();
    }
    state.SetItemsProcessed(tokens);
    state.SetBytesProcessed(sent);
}
void write_json(benchmark::State& state) { write_row(state, RowFormat::wire_json_data); }
void write_struct(benchmark::State& state) { write_row(state, RowFormat::wire_struct); }

std::vector<std::string> random_ids(std::size_t count) {
    std::mt19937_64 random(1);
    std::vector<std::string> ids(count);
    for (std::string& id : ids) {
        char text[37];
        std::snprintf(text, sizeof text, "%08x-%04x-%04x-%04x-%012llx",
                      static_cast<unsigned>(random()), static_cast<unsigned>(random() & 0xFFFF),
                      static_cast<unsigned>(random() & 0xFFFF),
                      static_cast<unsigned>(random() & 0xFFFF),
                      static_cast<unsigned long long>(random() & 0xFFFFFFFFFFFFull));
        id = text;
    }
    return ids;
}

void insert_ids(benchmark::State& state) {
    const std::vector<std::string> ids = random_ids(100000);
    for (auto _ : state) {
        IdSet seen;
        seen.expect(ids.size());
        for (std::size_t i = 0; i < ids.size(); ++i) {
            seen.prefetch(ids[std::min(i + 8, ids.size() - 1)]);
            benchmark::DoNotOptimize(seen.insert(ids[i]));
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(ids.size()));
}

void settle_items(benchmark::State& state) {
    Ledger ledger;
    std::uint64_t document = 0;
    for (auto _ : state) {
        ++document;
        for (std::uint64_t i = 0; i < 100; ++i) {
            ledger.enter({document, i * 500 + 1}, true);
        }
        for (std::uint64_t i = 0; i < 100; ++i) {
            benchmark::DoNotOptimize(ledger.standing({document, i * 500 + 1}));
            ledger.settle({document, i * 500 + 1}, Ledger::Settled::emitted);
        }
        ledger.close_page([](pf_val) {});
    }
    state.SetItemsProcessed(state.iterations() * 100);
}

// Turns what Google Benchmark found into measures: nanoseconds per item.
class Collector final : public benchmark::BenchmarkReporter {
  public:
    explicit Collector(Report& report) : report_(report) {}
    bool ReportContext(const Context& /*context*/) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            const double items = run.counters.at("items_per_second");
            report_.add({"parts alone, one thread", run.run_name.function_name, 1e9 / items, "ns"});
        }
    }

  private:
    Report& report_;
};

}  // namespace

void measure_micro(const Setting& setting, Report& report) {
    const double seconds = setting.is_quick ? 0.05 : 0.5;
    const std::pair<const char*, void (*)(benchmark::State&)> all[] = {
        {"parse, per machine", parse},
        {"reader.get, found in a machine", get_hit},
        {"reader.get, not in a machine", get_miss},
        {"reader.get, found in a small object", get_in_small_object},
        {"writer, per token, data as JSON text", write_json},
        {"writer, per token, data as Struct", write_struct},
        {"id set, insert one of 100,000", insert_ids},
        {"ledger, enter and settle one", settle_items},
    };
    for (const auto& [name, body] : all) {
        benchmark::RegisterBenchmark(name, body)->MinTime(seconds);
    }
    Collector collector(report);
    benchmark::RunSpecifiedBenchmarks(&collector);
    benchmark::ClearRegisteredBenchmarks();
}

}  // namespace pf::bench
