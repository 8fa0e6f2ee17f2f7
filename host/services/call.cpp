#include "host/services/call.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "host/services/json_path.hpp"
#include "host/services/text.hpp"

namespace pf::host::services {
namespace {

// CloudForet finds a resource again by these (inventory's index has this order).
const std::vector<std::string> match_keys = {
    "reference.resource_id", "provider", "cloud_service_type", "cloud_service_group", "account"};

// A pointer in place of layouts: the console takes them from the type's row.
std::string metadata_pointer(const Output& output) {
    return R"({"view":{"sub_data":{"reference":{"resource_type":"inventory.CloudServiceType",)"
           R"("options":{"provider":"nutanix","cloud_service_group":")" +
           output.group + R"(","cloud_service_type":")" + output.type + R"("}}}}})";
}

encoding::RowShape shape_of(const Output& output, const std::string& account) {
    encoding::RowShape shape;
    shape.resource_type = "inventory.CloudService";
    shape.match_keys = match_keys;
    shape.constants = {{"provider", "nutanix"},
                       {"cloud_service_group", output.group},
                       {"cloud_service_type", output.type},
                       {"account", account}};
    shape.metadata = metadata_pointer(output);
    return shape;
}

pf_status to_pf(const Status& status) noexcept { return static_cast<pf_status>(status.code()); }

}  // namespace

Call::Call(CallSetup setup)
    : setup_(std::move(setup)),
      has_details_(std::any_of(setup_.descriptor->endpoints.begin(),
                               setup_.descriptor->endpoints.end(),
                               [](const Endpoint& endpoint) { return endpoint.has_parent(); })),
      outputs_(setup_.descriptor->outputs.size()),
      writer_(bytes_, findings_, setup_.link_base) {
    if (setup_.target && !setup_.lookups) {
        setup_.lookups =
            std::make_shared<LookupsAhead>(setup_.target, setup_.api, setup_.stop, setup_.meter);
    }
    if (Status parsed = options_.parse(setup_.options); !parsed.ok()) {
        findings_.note("options.unreadable", parsed.message());
    }
}

Call::~Call() = default;

pf_status Call::stopped() { return setup_.stop.requested() ? to_pf(setup_.stop.why()) : PF_OK; }

WriterOutput* Call::output(std::uint32_t index) {
    if (index >= outputs_.size()) {
        return nullptr;
    }
    WriterOutput& slot = outputs_[index];
    if (!slot.encoder) {
        slot.output = &setup_.descriptor->outputs[index];
        slot.encoder = std::make_unique<encoding::RowEncoder>(
            setup_.format, shape_of(*slot.output, setup_.account), bytes_);
    }
    return &slot;
}

void Call::begin(std::uint32_t index, pf_val entity, std::string_view id) {
    if (writer_.is_open()) {
        writer_.fail("begin() while a record is open: call end() or abort() first");
        return;
    }
    WriterOutput* target = output(index);
    if (target == nullptr) {
        findings_.missing("ERROR_MODULE_RECORD",
                          "module " + setup_.descriptor->name + " began a record of output " +
                              std::to_string(index) + ", but its descriptor has " +
                              std::to_string(outputs_.size()),
                          id);
        return;
    }
    record_entity_ = entity;
    record_list_ = nullptr;
    record_is_dropped_ = false;
    writer_.begin(*target, id);
    if (entity.doc != 0) {
        Ledger::Standing standing{};
        record_list_ = holder_of(entity, standing);
        if (record_list_ == nullptr) {
            writer_.fail("the entity is no item of a page this call still holds");
        }
        record_is_dropped_ = standing == Ledger::Standing::dropped;
    }
}

pf_status Call::end() {
    const bool was_open = writer_.is_open();
    Status done = writer_.finish(!record_is_dropped_);
    if (!done.ok()) {
        if (was_open) {
            const std::string why = "module " + setup_.descriptor->name + ": " + done.message();
            findings_.missing("ERROR_MODULE_RECORD", why, writer_.id());
            if (record_list_ != nullptr) {
                record_list_->ledger.settle(record_entity_, Ledger::Settled::skipped);
            }
        }
        return to_pf(done);
    }
    if (record_is_dropped_) {
        return stopped();
    }
    ends_.push_back(bytes_.size());
    ++rows_;
    if (record_list_ != nullptr) {
        record_list_->ledger.settle(record_entity_, Ledger::Settled::emitted);
    }
    if (!writer_.region().empty() && writer_.region() != last_region_) {
        last_region_ = writer_.region();
        if (regions_.size() < most_regions) {
            regions_.insert(last_region_);
        }
    }
    if (ends_.size() >= batch_rows || bytes_.size() >= batch_bytes) {
        if (Status flushed = flush(); !flushed.ok()) {
            return to_pf(flushed);
        }
    }
    return PF_OK;
}

void Call::abort() {
    if (writer_.is_open()) {
        (void)writer_.finish(false);  // what was wrong with a record nobody wants is nobody's news
    }
}

Status Call::flush() {
    if (!output_failure_.ok()) {
        return output_failure_;
    }
    if (ends_.empty() || writer_.is_open()) {
        return Status();  // an open record's beginning is in the buffer already
    }
    encoding::RowBatch batch;
    batch.bytes = bytes_.take(setup_.output->spare());
    batch.ends.swap(ends_);
    ends_.reserve(batch_rows);
    output_failure_ = setup_.output->push(std::move(batch), setup_.stop);
    return output_failure_;
}

OpenList* Call::holder_of(pf_val entity, Ledger::Standing& standing) noexcept {
    for (OpenList& list : lists_) {
        standing = list.ledger.standing(entity);
        if (standing != Ledger::Standing::unknown) {
            return &list;
        }
    }
    standing = Ledger::Standing::unknown;
    return nullptr;
}

void Call::skip(pf_val entity, std::string_view code, std::string_view why) {
    Ledger::Standing standing{};
    OpenList* list = holder_of(entity, standing);
    if (list == nullptr) {
        findings_.skip(code, why);  // something is missing, whatever it is
        return;
    }
    if (standing == Ledger::Standing::open) {
        list->ledger.settle(entity, Ledger::Settled::skipped);
        findings_.skip(code, why, text_at(entity, list->listing->id_path()));
    }
}

void Call::filtered(pf_val entity) {
    Ledger::Standing standing{};
    if (OpenList* list = holder_of(entity, standing)) {
        list->ledger.settle(entity, Ledger::Settled::filtered);
    }
}

void Call::note(std::string_view code, std::string_view id, std::string_view why) {
    findings_.remark(code, why, id);
}

pf_status Call::fail(pf_status status, std::string_view why) {
    if (failure_text_.empty()) {
        failure_text_ = one_line(why, 1024);
    }
    return status == PF_OK ? PF_UNKNOWN : status;
}

pf_status Call::at_no_desk() {
    misuse("used a service of another concern than the one it was called for");
    return PF_FAILED_PRECONDITION;
}

pf_status Call::at_desk(const std::function<Status()>& use) {
    if (desk_failure_.ok() && setup_.stop.requested()) {
        desk_failure_ = setup_.stop.why();
    }
    if (!desk_failure_.ok()) {
        return to_pf(desk_failure_);
    }
    Status used = use();
    if (!used.ok() && used.code() != Code::out_of_range) {
        desk_failure_ = used;
    }
    return to_pf(used);
}

pf_status Call::wait(std::int64_t ms) {
    if (ms < 0 || ms > 3'600'000) {
        return PF_INVALID_ARGUMENT;
    }
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    const auto until =
        std::min(setup_.stop.deadline(), Clock::now() + std::chrono::milliseconds(ms));
    never.wait_until(lock, setup_.stop.token(), until, [] { return false; });
    return stopped();
}

}  // namespace pf::host::services
