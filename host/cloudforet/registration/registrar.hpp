// Registrar: compares what CloudForet has with what it shall have, and makes the difference.
//
//     const Registrar registrar({.domain = access_with(...), .workspace = access_with(...)});
//     auto plan = registrar.examine(items, stop);    // reads only
//     if (plan) { Status done = registrar.apply(*plan, told, stop); }
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cloudforet/client/service_client.hpp"
#include "host/cloudforet/client/token_claims.hpp"
#include "host/cloudforet/registration/items.hpp"
#include "host/cloudforet/registration/references.hpp"

namespace pf::host::cloudforet {

// What has to be done about an item.
enum class Action : std::uint8_t {
    unchanged,
    create,
    update,
    replace,   // a dashboard of other metrics: deleted and made anew
    outdated,  // the same, and left as it is
    skipped,   // left out: this CloudForet has no place for it
    conflict,  // what is there cannot become what is wanted
};

// "create" and so on.
std::string_view action_name(Action action) noexcept;

struct Step {
    Item item;
    Action action = Action::create;
    std::string id;                        // of what is there; empty before it is made
    std::vector<std::string> differences;  // names of members
    bool lacks_secret = false;             // a service account without its credential
    std::string rotated_secret;            // id of the secret that gets new data; empty: none does
    std::string plugin_options;  // JSON text: what the plugin's options become; empty: they stay
    std::string note;            // why it is skipped
    // Of a webhook that this run made, for the one who is to send events there. Whoever has the
    // address can raise alerts.
    Secret address{};
    Secret access_key{};
};

// A client and what its token says about itself.
struct Access {
    ServiceClient* client = nullptr;
    std::string token_says;  // "of a DOMAIN_ADMIN (APP), of no workspace"; empty = unknown
    std::string role;        // empty = unknown
    bool has_workspace = false;
};

// Who calls, and what may be done to what is there.
struct Registration {
    Access domain;
    Access workspace;       // service accounts and collectors
    Access user{};          // private dashboards; its client may be null when there are none
    bool replaces = false;  // dashboards of other metrics are replaced instead of left
    bool rotates = false;   // the secret of each service account gets the data that is wanted now
};

// An Access for a client that calls with `token`.
Access access_with(ServiceClient& client, std::string_view token);

class Registrar {
  public:
    // Called after each step that was done.
    using OnStep = std::function<void(const Step&)>;

    explicit Registrar(Registration registration) : with_(std::move(registration)) {}

    // Looks for each item. Fails with the first call that fails, with ERROR_REGISTER_SCOPE when a
    // token's role cannot do what is to be done, and with ERROR_REGISTER_PREMISE when something
    // that is made elsewhere is missing: nothing is begun that cannot be ended. An optional item
    // whose service or premise is missing is skipped, as is what refers to it.
    Result<std::vector<Step>> examine(std::vector<Item> items, const Stop& stop = {}) const;
    // Does every step and reads back what came of it. Stops at the first failure; what is done
    // stays, and the next run goes on from there. ERROR_REGISTER_CONFLICT before anything is
    // changed, ERROR_REGISTER_UNVERIFIED when something else came back than was sent.
    Status apply(std::vector<Step>& steps, const OnStep& on_step, const Stop& stop = {}) const;

  private:
    // How an item is with what is known so far.
    struct View {
        const KnownIds& ids;
        bool rotates = false;
    };
    Result<Step> examine_item(Item item, const View& view, const Stop& stop) const;
    Result<Step> examine_or_skip(Item item, const View& view, const Stop& stop) const;
    Status check_premise(const Step& step, const Stop& stop) const;
    Status do_step(Step& step, const KnownIds& ids, const Stop& stop) const;
    Status update(const Step& step, const KnownIds& ids, const Stop& stop) const;
    Status create(Step& step, const KnownIds& ids, const Stop& stop) const;
    Status verify(Step& step, const KnownIds& ids, const Stop& stop) const;
    const Access& access_of(const Item& item) const;

    Registration with_;
};

}  // namespace pf::host::cloudforet
