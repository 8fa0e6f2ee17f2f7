// The notification module: words CloudForet's notifications for what people read them in.
#include <prismforet/module.hpp>

#include "formats.hpp"
#include "texts.hpp"

namespace {

class Notifications final : public pf::Notify {
  public:
    void format(pf::NotifyCall& call, const pf::Notice& notice) const override {
        if (notice.format == "webhook") {
            call.post(notification::webhook(notification::read_message(notice)));
        } else if (notice.format == "slack") {
            call.post(notification::slack(notification::read_message(notice)));
        } else if (notice.format == "teams") {
            call.post(notification::teams(notification::read_message(notice)));
        } else if (notice.format == "email") {
            const auto mail = notification::email(notification::read_message(notice));
            call.mail(mail.subject, mail.text, mail.html);
        } else {
            throw pf::Failure(PF_INVALID_ARGUMENT, "there is no format '" +
                                                       notification::line_of(notice.format, 40) +
                                                       "'; use webhook, slack, teams or email");
        }
    }
};

}  // namespace

PF_MODULE(Notifications)
