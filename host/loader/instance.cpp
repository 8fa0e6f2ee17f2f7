#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "host/base/running_module.hpp"
#include "host/loader/loader.hpp"
#include "host/loader/refusal.hpp"
#include "prismforet/abi/events.h"
#include "prismforet/abi/notify.h"

namespace pf::host::loader {
namespace {

// What every concern's table begins with.
struct TableHead {
    std::uint32_t struct_size;
    std::uint32_t flags;
};

// A concern this host knows: how long its table must be, and whether all of its functions are set.
struct KnownConcern {
    std::string_view id;
    std::size_t size;
    bool (*is_whole)(const void* table);
};

constexpr KnownConcern known_concerns[] = {
    {PF_INVENTORY_ID, offsetof(pf_inventory, collect) + sizeof(pf_inventory::collect),
     [](const void* table) { return static_cast<const pf_inventory*>(table)->collect != nullptr; }},
    {PF_COST_ID, offsetof(pf_cost, rates) + sizeof(pf_cost::rates),
     [](const void* table) {
         const auto* const cost = static_cast<const pf_cost*>(table);
         return cost->charge != nullptr && cost->explain != nullptr && cost->rates != nullptr;
     }},
    {PF_METRICS_ID, offsetof(pf_metrics, query) + sizeof(pf_metrics::query),
     [](const void* table) {
         const auto* const metrics = static_cast<const pf_metrics*>(table);
         return metrics->list != nullptr && metrics->query != nullptr;
     }},
    {PF_EVENTS_ID, offsetof(pf_events, read) + sizeof(pf_events::read),
     [](const void* table) { return static_cast<const pf_events*>(table)->read != nullptr; }},
    {PF_NOTIFY_ID, offsetof(pf_notify, format) + sizeof(pf_notify::format),
     [](const void* table) { return static_cast<const pf_notify*>(table)->format != nullptr; }},
};

const KnownConcern* find_concern(std::string_view id) {
    const auto* const at = std::find_if(std::begin(known_concerns), std::end(known_concerns),
                                        [&](const KnownConcern& one) { return one.id == id; });
    return at == std::end(known_concerns) ? nullptr : at;
}

std::string_view view(const pf_str& text) {
    return text.ptr == nullptr ? std::string_view()
                               : std::string_view(text.ptr, static_cast<std::size_t>(text.len));
}

// A module's text in a message: as it is when it looks like the id of a concern.
std::string shown(std::string_view concern) {
    const bool is_plain =
        !concern.empty() && concern.size() <= 64 &&
        std::all_of(concern.begin(), concern.end(), [](char c) { return c > ' ' && c < 0x7F; });
    return is_plain ? "'" + std::string(concern) + "'"
                    : "a text of " + std::to_string(concern.size()) + " bytes";
}

// What stands behind the module's pf_registrar* during create. Found by its address and only on the
// thread that runs create, so that one that was kept for later leads nowhere.
class Registrar {
  public:
    explicit Registrar(const std::vector<std::string>& declared) : declared_(declared) {
        current = this;
    }
    ~Registrar() { current = nullptr; }
    Registrar(const Registrar&) = delete;
    Registrar& operator=(const Registrar&) = delete;

    // The registrar of the create that the calling thread runs, when `handle` is its; else null.
    static Registrar* find(const pf_registrar* handle) {
        return current != nullptr && handle == current->handle() ? current : nullptr;
    }
    pf_registrar* handle() { return reinterpret_cast<pf_registrar*>(this); }

    pf_status add(std::string_view id, const void* table, void* self) {
        const KnownConcern* const concern = find_concern(id);
        if (concern == nullptr) {
            return reject("this host does not know the concern it registered, " + shown(id) +
                          "; it knows " + known_concern_names());
        }
        const std::string name(id);
        if (std::find(declared_.begin(), declared_.end(), id) == declared_.end()) {
            return reject("registered " + name + ", which its descriptor does not declare");
        }
        if (registered_.has(id)) {
            reject("registered " + name + " twice");
            return PF_ALREADY_EXISTS;
        }
        const auto* const head = static_cast<const TableHead*>(table);
        if (head == nullptr || head->struct_size < concern->size) {
            return reject("the table of " + name + " has " +
                          std::to_string(head == nullptr ? 0 : head->struct_size) +
                          " bytes, at least " + std::to_string(concern->size) + " are needed");
        }
        if (head->flags != 0) {
            return reject("the table of " + name + " has flags this host does not know");
        }
        if (!concern->is_whole(table)) {
            return reject("the table of " + name + " lacks a function");
        }
        registered_.add(concern->id, table, self);
        return PF_OK;
    }

    const services::Concerns& registered() const { return registered_; }
    // What the module did wrong first; empty when nothing.
    const std::string& problem() const { return problem_; }

  private:
    pf_status reject(std::string problem) {
        if (problem_.empty()) {
            problem_ = std::move(problem);
        }
        return PF_INVALID_ARGUMENT;
    }

    static inline thread_local constinit Registrar* current = nullptr;

    const std::vector<std::string>& declared_;
    std::string problem_;
    services::Concerns registered_;
};

pf_status add_concern(pf_registrar* registrar, pf_str concern, const void* table,
                      void* self) PF_NOEXCEPT {
    Registrar* const found = Registrar::find(registrar);
    if (found == nullptr) {
        return PF_FAILED_PRECONDITION;
    }
    try {
        return found->add(view(concern), table, self);
    } catch (...) {
        return PF_INTERNAL;  // out of memory
    }
}

Code code_of(pf_status status) {
    return status >= PF_CANCELLED && status <= PF_UNAUTHENTICATED ? static_cast<Code>(status)
                                                                  : Code::unknown;
}

// Without noexcept: the compiler must not drop the handlers around the calls.
using CreateFunction = pf_status (*)(const pf_host*, pf_val, pf_add_fn, pf_registrar*, void**);
using DestroyFunction = void (*)(void*);

Status failed_create(pf_status returned, const Registrar& registrar) {
    const Code code = code_of(returned);
    std::string why = "its create returned ";
    why += static_cast<pf_status>(code) == returned
               ? std::string(code_name(code))
               : std::to_string(returned) + ", which is no status";
    if (!registrar.problem().empty()) {
        why += " after this: " + registrar.problem();
    }
    return Status(code, std::string(reason::create),
                  why + "; see what it logged and the module's part of the configuration");
}

}  // namespace

std::string known_concern_names() {
    std::string names;
    for (const KnownConcern& concern : known_concerns) {
        names += (names.empty() ? "" : ", ") + std::string(concern.id);
    }
    return names;
}

bool is_known_concern(std::string_view id) { return find_concern(id) != nullptr; }

Instance::Instance(Instance&& other) noexcept
    : concerns(std::exchange(other.concerns, {})),
      name_(std::move(other.name_)),
      module_(std::exchange(other.module_, nullptr)),
      self_(std::exchange(other.self_, nullptr)) {}

Instance& Instance::operator=(Instance&& other) noexcept {
    if (this != &other) {
        end();
        concerns = std::exchange(other.concerns, {});
        name_ = std::move(other.name_);
        module_ = std::exchange(other.module_, nullptr);
        self_ = std::exchange(other.self_, nullptr);
    }
    return *this;
}

Instance::~Instance() { end(); }

void Instance::end() noexcept {
    if (module_ == nullptr) {
        return;
    }
    const RunningModule running(name_, "destroy");
    const DestroyFunction destroy = std::exchange(module_, nullptr)->destroy;
    try {
        destroy(std::exchange(self_, nullptr));
    } catch (...) {
        // The instance is over in any case, and nobody is left to tell.
        concerns = {};
    }
}

Result<Instance> create_instance(const LoadedModule& module, const pf_host* host, pf_val config) {
    if (!module.refusal.ok()) {
        return module.refusal;
    }
    const std::string place = "module " + module.name + " (" + module.path + ")";
    Registrar registrar(module.descriptor.concerns);
    void* self = nullptr;
    pf_status returned = PF_OK;
    try {
        const RunningModule running(module.name, "create");
        const CreateFunction create = module.entry->create;
        returned = create(host, config, &add_concern, registrar.handle(), &self);
    } catch (...) {
        return refuse(reason::create, "its create threw an exception",
                      "no exception may leave a module")
            .within(place);
    }
    if (returned != PF_OK) {
        return failed_create(returned, registrar).within(place);
    }
    Instance instance(module.name, module.entry, self);
    if (!registrar.problem().empty()) {
        return refuse(reason::create, registrar.problem(), "mend its create function")
            .within(place);
    }
    for (const std::string& concern : module.descriptor.concerns) {
        if (!registrar.registered().has(concern)) {
            return refuse(reason::create,
                          "declares " + concern + " but its create registered no table for it",
                          "call add in create, or take the concern out of the descriptor")
                .within(place);
        }
    }
    instance.concerns = registrar.registered();
    return instance;
}

}  // namespace pf::host::loader
