#include "tests/bench/stage_host.hpp"

#include <time.h>

#include <stdexcept>

#include "host/services/document.hpp"
#include "host/services/findings.hpp"
#include "host/services/json_path.hpp"
#include "host/services/writer.hpp"
#include "prismforet/abi/host.h"
#include "prismforet/abi/inventory.h"
#include "prismforet/abi/module.h"

// The ABI's opaque handles; here each is one of ours.
struct pf_call {};
struct pf_list {};

namespace pf::bench {
namespace {

using host::encoding::RowFormat;
using namespace host::services;

double thread_cpu() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// The vm module's output, as its descriptor says it.
Output vm_output() {
    Output output;
    output.kind = "vm";
    output.group = "AHV";
    output.type = "VirtualMachine";
    for (const char* key : {"compute", "hardware", "os"}) {
        output.data_keys.push_back({key, EmptyForm::object});
    }
    output.data_keys.push_back({"primary_ip_address", EmptyForm::text});
    for (const char* key : {"storage", "nutanix", "nutanix_monitoring"}) {
        output.data_keys.push_back({key, EmptyForm::object});
    }
    output.data_keys.push_back({"nics", EmptyForm::array});
    for (const char* key : {"subnet", "vpc"}) {
        output.data_keys.push_back({key, EmptyForm::object});
    }
    output.data_keys.push_back({"disks", EmptyForm::array});
    for (const char* key : {"cluster", "host", "project"}) {
        output.data_keys.push_back({key, EmptyForm::object});
    }
    output.data_keys.push_back({"categories", EmptyForm::array});
    return output;
}

host::encoding::RowShape vm_shape() {
    host::encoding::RowShape shape;
    shape.resource_type = "inventory.CloudService";
    shape.match_keys = {"reference.resource_id", "provider", "cloud_service_type",
                        "cloud_service_group", "account"};
    shape.constants = {{"provider", "nutanix"},
                       {"cloud_service_group", "AHV"},
                       {"cloud_service_type", "VirtualMachine"},
                       {"account", "2c1f3d7a-0a5b-4c0d-9e1f-6a7b8c9d0e1f"}};
    shape.metadata =
        R"({"view":{"sub_data":{"reference":{"resource_type":"inventory.CloudServiceType",)"
        R"("options":{"provider":"nutanix","cloud_service_group":"AHV",)"
        R"("cloud_service_type":"VirtualMachine"}}}}})";
    return shape;
}

struct StageCall final : pf_call {
    explicit StageCall(const VmPages& given) : pages(given) {}

    const VmPages& pages;
    std::size_t next = 0;
    Document document;
    host::encoding::Buffer bytes;
    Findings findings;
    Writer writer{bytes, findings, "https://pc.example.test:9440"};
    Output output = vm_output();
    WriterOutput target;
    StageRun result;
    pf_list list;
};

StageCall& of(pf_call* call) noexcept { return *static_cast<StageCall*>(call); }

// A writer that takes tokens and does nothing.
const pf_writer deaf_writer{sizeof(pf_writer),
                            [](pf_call*, std::uint32_t, pf_val, pf_str) noexcept {},
                            [](pf_call*, pf_str) noexcept {},
                            [](pf_call*, pf_str) noexcept {},
                            [](pf_call*, std::int64_t) noexcept {},
                            [](pf_call*, double) noexcept {},
                            [](pf_call*, std::int32_t) noexcept {},
                            [](pf_call*) noexcept {},
                            [](pf_call*) noexcept {},
                            [](pf_call*) noexcept {},
                            [](pf_call*) noexcept {},
                            [](pf_call*, pf_str) noexcept {},
                            [](pf_call* call) noexcept -> pf_status {
                                ++of(call).result.rows;
                                return PF_OK;
                            },
                            [](pf_call*) noexcept {}};

pf_status end_row(pf_call* call) noexcept {
    StageCall& self = of(call);
    if (!self.writer.finish(true).ok()) {
        return PF_INVALID_ARGUMENT;
    }
    if (++self.result.rows % 100 == 0) {
        self.result.row_bytes += self.bytes.size();
        self.bytes.clear();
    }
    return PF_OK;
}

const pf_writer real_writer{
    sizeof(pf_writer),
    [](pf_call* call, std::uint32_t, pf_val, pf_str id) noexcept {
        of(call).writer.begin(of(call).target, to_view(id));
    },
    [](pf_call* call, pf_str key) noexcept { of(call).writer.key(to_view(key)); },
    [](pf_call* call, pf_str text) noexcept { of(call).writer.str(to_view(text)); },
    [](pf_call* call, std::int64_t number) noexcept { of(call).writer.i64(number); },
    [](pf_call* call, double number) noexcept { of(call).writer.f64(number); },
    [](pf_call* call, std::int32_t truth) noexcept { of(call).writer.boolean(truth != 0); },
    [](pf_call* call) noexcept { of(call).writer.null(); },
    [](pf_call* call) noexcept { of(call).writer.open(false); },
    [](pf_call* call) noexcept { of(call).writer.open(true); },
    [](pf_call* call) noexcept { of(call).writer.close(); },
    [](pf_call* call, pf_str key) noexcept { of(call).writer.unknown(to_view(key)); },
    end_row,
    [](pf_call* call) noexcept { (void)of(call).writer.finish(false); }};

bool parse_next(StageCall& call) noexcept {
    if (call.next == call.pages.pages.size()) {
        return false;
    }
    return call.document.parse_padded(call.pages.pages[call.next++].text()).ok();
}

const pf_lists lists{
    sizeof(pf_lists),
    [](pf_call* call, const pf_list_request*, pf_list** out) noexcept -> pf_status {
        *out = &of(call).list;
        return PF_OK;
    },
    [](pf_call* call, pf_list*, pf_page* out) noexcept -> pf_status {
        if (!parse_next(of(call))) {
            return PF_OUT_OF_RANGE;
        }
        out->dialect = 4;
        out->root = of(call).document.root();
        out->items = reader().get(out->root, to_pf("data"));
        return PF_OK;
    },
    [](pf_call*, std::uint32_t, pf_str, pf_page*) noexcept -> pf_status { return PF_NOT_FOUND; },
    nullptr};

const pf_lookups lookups{
    sizeof(pf_lookups),
    [](pf_call* call, std::uint32_t lookup, const pf_table** out) noexcept -> pf_status {
        *out = reinterpret_cast<const pf_table*>(of(call).pages.lookups.at(lookup).get());
        return PF_OK;
    },
    [](const pf_table* table, pf_str id, std::uint32_t field,
       pf_str* out) noexcept -> std::int32_t {
        std::string_view text;
        if (!reinterpret_cast<const Table*>(table)->get(to_view(id), field, text)) {
            return 0;
        }
        *out = to_pf(text);
        return 1;
    }};

const pf_outcomes outcomes{
    sizeof(pf_outcomes), [](pf_call*, pf_str, pf_str, pf_str) noexcept {},
    [](pf_call*, pf_val, pf_str, pf_str) noexcept {}, [](pf_call*, pf_val) noexcept {},
    [](pf_call*, pf_status status, pf_str) noexcept -> pf_status { return status; }};

pf_host host_with(const pf_writer& writer) {
    return {sizeof(pf_host),
            PF_ABI_MAJOR,
            PF_ABI_MINOR,
            &reader(),
            &writer,
            &lists,
            &lookups,
            &outcomes,
            [](const pf_host*, pf_call*, std::int32_t, pf_str) noexcept {},
            [](pf_call*) noexcept -> std::int32_t { return 0; },
            [](pf_call*, std::int64_t) noexcept -> pf_status { return PF_OK; },
            [](const pf_host*, pf_str) noexcept -> const void* { return nullptr; }};
}

struct Instance {
    const pf_inventory* table = nullptr;
    void* registered = nullptr;
    void* self = nullptr;
};

pf_status add(pf_registrar* registrar, pf_str, const void* table, void* self) noexcept {
    auto& instance = *reinterpret_cast<Instance*>(registrar);
    instance.table = static_cast<const pf_inventory*>(table);
    instance.registered = self;
    return PF_OK;
}

}  // namespace

// A module keeps the host it was created with, so there is one instance per writer.
struct StageHost::State {
    explicit State(VmPages given) : pages(std::move(given)) {
        for (auto [instance, host] : {std::pair{&deaf, &deaf_host}, std::pair{&real, &real_host}}) {
            const pf_status status =
                module.create(host, pf_val{0, 0}, add, reinterpret_cast<pf_registrar*>(instance),
                              &instance->self);
            if (status != PF_OK || instance->table == nullptr) {
                throw std::runtime_error("the vm module cannot be created");
            }
        }
    }
    ~State() {
        module.destroy(deaf.self);
        module.destroy(real.self);
    }

    const VmPages pages;
    const pf_module& module = *pf_module_entry_v0();
    const pf_host deaf_host = host_with(deaf_writer);
    const pf_host real_host = host_with(real_writer);
    Instance deaf;
    Instance real;
};

StageHost::StageHost(VmPages pages) : state_(std::make_unique<State>(std::move(pages))) {}
StageHost::~StageHost() = default;

StageRun StageHost::run(Stage stage, RowFormat format) {
    StageCall call(state_->pages);
    call.target.output = &call.output;
    call.target.encoder =
        std::make_unique<host::encoding::RowEncoder>(format, vm_shape(), call.bytes);
    const double begun = thread_cpu();
    if (stage == Stage::parse) {
        while (parse_next(call)) {
            call.result.rows += 100;
        }
    } else {
        const Instance& instance = stage == Stage::handle ? state_->deaf : state_->real;
        const pf_status status =
            instance.table->collect(instance.registered, &call, 0, pf_val{0, 0}, pf_str{});
        if (status != PF_OK) {
            throw std::runtime_error("the handler ends with status " + std::to_string(status));
        }
    }
    call.result.cpu_seconds = thread_cpu() - begun;
    return call.result;
}

}  // namespace pf::bench
