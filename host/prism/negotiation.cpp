// Asking a Prism Central which versions of an API it serves, and remembering the answer.
//
// Only 404, or the words that a version is not supported, mean that something is absent. Whatever
// else goes wrong is an error: who falls back to an older API because of a time-out would read
// half of an inventory by one API and half by the other.

#include <array>
#include <functional>
#include <nlohmann/json.hpp>

#include "host/prism/printable.hpp"
#include "host/prism/target_state.hpp"
#include "host/prism/version.hpp"

namespace pf::host::prism {
namespace {

// Asked again after this time: a Prism Central may be upgraded while we run.
constexpr std::chrono::hours remembered(1);
// A gateway answers 404 for a moment while a service behind it restarts.
constexpr std::chrono::minutes absence_remembered(10);

constexpr std::array<std::string_view, 2> betas = {"v4.0.b2", "v4.0.b1"};

// What a Prism Central has of one namespace. Immutable once made.
struct Offer {
    std::string release;  // empty: no general release
    std::string beta;     // empty: none that the server told of
    Clock::time_point made = Clock::now();
};

// The highest served version an info answer names; empty when it names none.
std::string served_of(std::string_view body) {
    const auto document = nlohmann::json::parse(body, nullptr, false);
    if (document.is_object()) {
        const auto data = document.find("data");
        if (data != document.end() && data->is_string()) {
            return data->get<std::string>();
        }
    }
    return {};
}

Status absent(const std::string& api_namespace) {
    return Status(Code::not_found, "ERROR_PRISM_API_ABSENT",
                  "no v4 API " + api_namespace +
                      " is served; v4 came with Prism Central pc.2024.3, and a Prism Element has "
                      "none");
}

// The method or the path is not served, or something between us and Prism does not let it pass.
bool info_is_blocked(const Answer& answer) {
    switch (answer.http) {
        case 400:
        case 403:
        case 404:
        case 405:
        case 501:
            return true;
        default:
            return answer.status.code() == Code::not_found ||
                   (answer.status.reason() == "ERROR_PRISM_ANSWER" && answer.http != 0);
    }
}

}  // namespace

// Asking for the versions of one namespace.
class Negotiation {
  public:
    Negotiation(Target::State& target, const std::string& api_namespace, const std::string& list,
                const Stop& stop, Meter& meter)
        : target_(target),
          namespace_(api_namespace),
          list_(known_list(api_namespace).empty()
                    ? list
                    : std::string(known_list(api_namespace)) + "?$limit=1"),
          stop_(stop),
          meter_(meter) {}

    Result<Offer> offer();
    // The beta to use; empty when there is none.
    Result<std::string> beta(const Offer& known);

  private:
    std::string base() const { return "/api/" + namespace_; }
    Result<bool> serves(std::string_view version);

    Target::State& target_;
    const std::string& namespace_;
    const std::string list_;
    const Stop& stop_;
    Meter& meter_;
};

Result<bool> Negotiation::serves(std::string_view version) {
    Request probe;
    probe.path = base() + "/" + std::string(version) + list_;
    const Answer answer = target_.fetch(probe, stop_, meter_, Body());
    if (answer.status.ok()) {
        return true;
    }
    return answer.status.code() == Code::not_found ? Result<bool>(false) : answer.status;
}

Result<Offer> Negotiation::offer() {
    Answer info =
        target_.fetch({Method::options, base() + "/unversioned/info", {}}, stop_, meter_, Body());
    Offer offer;
    if (info.status.ok()) {
        const std::string served = served_of(info.body.text());
        const std::string version = usable_version(namespace_, served).value_or("");
        if (is_general_release(version)) {
            offer.release = version;
        } else if (is_beta(version)) {
            offer.beta = version;
        }
    } else if (!info_is_blocked(info)) {
        return info.status;
    }
    if (!offer.release.empty()) {
        return offer;
    }
    // The highest version being a beta does not mean that there is no general release below it.
    if (list_.empty()) {
        return !offer.beta.empty() || info.status.code() == Code::not_found
                   ? Result<Offer>(offer)
                   : Status(Code::failed_precondition, "ERROR_PRISM_API_UNKNOWN",
                            "Prism Central does not tell its version of the API " + namespace_ +
                                ", and there is no other way to know");
    }
    const Result<bool> found = serves("v4.0");
    if (!found) {
        return found.status();
    }
    offer.release = *found ? "v4.0" : "";
    return offer;
}

Result<std::string> Negotiation::beta(const Offer& known) {
    if (!known.beta.empty() || list_.empty()) {
        return known.beta;
    }
    for (const std::string_view version : betas) {
        const Result<bool> found = serves(version);
        if (!found) {
            return found.status();
        }
        if (*found) {
            return std::string(version);
        }
    }
    return std::string();
}

namespace {

std::string offer_key(const std::string& api_namespace) { return "version " + api_namespace; }
std::string beta_key(const std::string& api_namespace) { return "beta " + api_namespace; }

// What `cache` keeps under `key`, or what `make` makes now. An absence is kept for less time.
Result<Offer> recalled(SharedCache& cache, const std::string& key, const Stop& stop,
                       const std::function<Result<Offer>(const Stop&)>& make) {
    const auto fill = [&](const Stop& own) -> Result<SharedCache::Value> {
        auto made = make(own);
        if (!made) {
            return made.status();
        }
        return SharedCache::Value(std::make_shared<const Offer>(std::move(*made)));
    };
    while (true) {
        const auto value = cache.get(key, remembered, stop, fill);
        if (!value) {
            return value.status();
        }
        const Offer& offer = *static_cast<const Offer*>(value->get());
        const bool is_absence = offer.release.empty() && offer.beta.empty();
        if (!is_absence || Clock::now() - offer.made < absence_remembered) {
            return offer;
        }
        cache.forget(key);
    }
}

Status improper(const std::string& api_namespace) {
    return Status(Code::invalid_argument, "ERROR_PRISM_REQUEST",
                  printable(api_namespace, 80) + " is no name of an API");
}

}  // namespace

Result<std::string> Target::State::known_version(const std::string& api_namespace,
                                                 const std::string& list, const Stop& stop,
                                                 Meter& meter) {
    if (!proper_namespace(api_namespace)) {
        return improper(api_namespace);
    }
    const auto offer = recalled(negotiated, offer_key(api_namespace), stop, [&](const Stop& own) {
        return Negotiation(*this, api_namespace, list, own, meter).offer();
    });
    if (!offer) {
        return offer.status();
    }
    return offer->release.empty() ? Result<std::string>(absent(api_namespace)) : offer->release;
}

Result<std::string> Target::State::known_beta(const std::string& api_namespace,
                                              const std::string& list, const Stop& stop,
                                              Meter& meter) {
    if (!proper_namespace(api_namespace)) {
        return improper(api_namespace);
    }
    const auto known = recalled(negotiated, offer_key(api_namespace), stop, [&](const Stop& own) {
        return Negotiation(*this, api_namespace, list, own, meter).offer();
    });
    if (!known) {
        return known.status();
    }
    const auto found =
        recalled(negotiated, beta_key(api_namespace), stop, [&](const Stop& own) -> Result<Offer> {
            auto beta = Negotiation(*this, api_namespace, list, own, meter).beta(*known);
            if (!beta) {
                return beta.status();
            }
            return Offer{{}, std::move(*beta), Clock::now()};
        });
    if (!found) {
        return found.status();
    }
    return found->beta.empty() ? Result<std::string>(absent(api_namespace)) : found->beta;
}

Result<std::string> Target::version(const std::string& api_namespace, const Stop& stop,
                                    Meter& meter, const std::string& list) {
    const Waiting waiting(meter);
    return state_->known_version(api_namespace, list, stop, meter);
}

Result<std::string> Target::beta_version(const std::string& api_namespace, const Stop& stop,
                                         Meter& meter, const std::string& list) {
    const Waiting waiting(meter);
    return state_->known_beta(api_namespace, list, stop, meter);
}

void Target::forget_version(const std::string& api_namespace) {
    state_->negotiated.forget(offer_key(api_namespace));
    state_->negotiated.forget(beta_key(api_namespace));
}

}  // namespace pf::host::prism
