#include "host/runtime/notice.hpp"

#include <memory>
#include <optional>
#include <utility>

#include "host/runtime/desk_call.hpp"
#include "host/services/document.hpp"
#include "host/services/json_path.hpp"
#include "host/services/outbound_desk.hpp"

namespace pf::host::runtime {
namespace {

class Desk final : public services::OutboundDesk {
  public:
    Status send(const pf_outbound_message& message) override {
        if (worded_) {
            return Status(Code::invalid_argument, "ERROR_OUTBOUND_MESSAGE",
                          "the module that words notifications gave two messages for one "
                          "notification; report it to the module's author");
        }
        worded_ = WordedNotice{std::string(services::to_view(message.subject)),
                               std::string(services::to_view(message.body)),
                               std::string(services::to_view(message.html))};
        return Status();
    }
    // Once the handler has returned.
    std::optional<WordedNotice> take() { return std::move(worded_); }

  private:
    std::optional<WordedNotice> worded_;
};

// Without noexcept, which the ABI's types have: the compiler would drop the handlers around it.
using Format = pf_status (*)(void*, pf_call*, const pf_notify_request*);

// Runs on the handler's thread, which alone may read the message.
pf_status format(const Module& module, const Notice& notice, services::Call& call,
                 pf_call* handle) {
    services::Document message;
    if (const Status parsed = message.parse(notice.message); !parsed.ok()) {
        return call.fail(PF_INVALID_ARGUMENT,
                         "the message of a notification is no JSON: " + parsed.message());
    }
    const pf_notify_request request{sizeof(pf_notify_request),
                                    static_cast<std::int32_t>(notice.level),
                                    services::to_pf(notice.format), message.root(), call.options()};
    const auto notify = module.concerns.get<pf_notify>(PF_NOTIFY_ID);
    return Format(notify.table->format)(notify.self, handle, &request);
}

}  // namespace

Result<WordedNotice> word_notice(Modules& modules, Notice notice, const Stop& stop) {
    auto module = modules.serving(notify_duty);
    if (!module) {
        return module.status();
    }
    const auto desk = std::make_shared<Desk>();
    services::CallSetup setup;
    setup.meter = std::make_shared<prism::Meter>();
    setup.options = notice.options;
    setup.desk = desk;
    const DeskEnd done = run_at_desk(
        modules,
        {*module, std::move(setup), "worded a notification", "pf-notify",
         [module = *module, notice = std::move(notice)](services::Call& call, pf_call* handle) {
             return format(*module, notice, call, handle);
         }},
        stop);
    if (!done.end.ok()) {
        return done.end;
    }
    std::optional<WordedNotice> worded = desk->take();
    if (!worded) {
        return Status(Code::internal, "ERROR_OUTBOUND_MESSAGE",
                      "module " + (*module)->descriptor->name +
                          " succeeded without a message; report it to the module's author");
    }
    return std::move(*worded);
}

}  // namespace pf::host::runtime
