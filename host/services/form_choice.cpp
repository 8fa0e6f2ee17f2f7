#include "host/services/form_choice.hpp"

#include <algorithm>
#include <utility>

namespace pf::host::services {

FormChoice::FormChoice(std::shared_ptr<prism::Target> target, const Endpoint& endpoint,
                       prism::ApiWish wish, ListingScope scope)
    : target_(std::move(target)), endpoint_(endpoint), wish_(wish), scope_(std::move(scope)) {
    const bool has_v4 = endpoint.v4 && wish != prism::ApiWish::v3;
    if (has_v4) {
        left_.push_back(Kind::beta);
    }
    if (endpoint.v3 && wish != prism::ApiWish::v4) {
        left_.push_back(Kind::v3);
    }
    if (has_v4) {
        left_.push_back(Kind::release);
    }
    if (wish == prism::ApiWish::v3) {
        reason_ = "option api_version";
    } else if (!endpoint.v4) {
        reason_ = "there is no form of v4";
    }
}

std::string FormChoice::probe() const {
    if (endpoint_.has_parent()) {
        return {};  // its namespace is known from the list the parents come from
    }
    return "/" + endpoint_.v4->path + (endpoint_.v4->is_paged ? "?$limit=1" : "");
}

Result<ListForm> FormChoice::form(Kind kind, const Stop& stop, prism::Meter& meter) {
    if (kind == Kind::v3) {
        return ListForm::v3(endpoint_, scope_);
    }
    const std::string& api = endpoint_.v4->api_namespace;
    auto version = kind == Kind::release ? target_->version(api, stop, meter, probe())
                                         : target_->beta_version(api, stop, meter, probe());
    if (!version) {
        return version.status();
    }
    return ListForm::v4(endpoint_, *version, scope_);
}

Result<ListForm> FormChoice::next(const Stop& stop, prism::Meter& meter) {
    while (!left_.empty()) {
        current_ = left_.back();
        left_.pop_back();
        auto found = form(current_, stop, meter);
        if (found) {
            if (current_ == Kind::release && is_renewed_ && found->version() == current_version_) {
                continue;  // asked once more, and it is this very version that lacks the endpoint
            }
            current_version_ = found->version();
            return found;
        }
        if (found.status().code() != Code::not_found) {
            return found.status().within(endpoint_.name);
        }
        if (reason_.empty()) {
            reason_ = "there is no general release of v4";
        }
    }
    if (is_list_gone_) {
        return Status(Code::not_found, "ERROR_PRISM_NOT_FOUND",
                      endpoint_.name +
                          ": Prism answered 404 for a list that API v3 always has; nothing may be "
                          "taken as deleted, look at the health of Prism Central");
    }
    return Status(Code::not_found, "ERROR_PRISM_API_ABSENT",
                  endpoint_.name + ": this Prism Central does not have it" +
                      (wish_ == prism::ApiWish::automatic
                           ? ", neither in v4 nor in v3"
                           : std::string(" in ") + (wish_ == prism::ApiWish::v4 ? "v4" : "v3") +
                                 ", which the option api_version asks for"));
}

void FormChoice::was_absent() {
    is_list_gone_ = is_list_gone_ || current_ == Kind::v3;
    if (current_ != Kind::release) {
        return;
    }
    reason_ = current_version_ + " does not have it";
    if (!std::exchange(is_renewed_, true)) {
        target_->forget_version(endpoint_.v4->api_namespace);
        left_.push_back(Kind::release);
    }
}

void FormChoice::was_served() {
    target_->note_use({endpoint_.v4 ? endpoint_.v4->path : endpoint_.v3->path,
                       endpoint_.v4 ? endpoint_.v4->api_namespace : "v3", current_version_,
                       current_ == Kind::release ? "" : reason_});
}

}  // namespace pf::host::services
