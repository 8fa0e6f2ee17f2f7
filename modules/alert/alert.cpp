// The alert module: what Prism's alerts, events and audits say, in whatever form they come.
#include <prismforet/module.hpp>

#include "forms.hpp"

namespace {

class Alerts final : public pf::Events {
  public:
    void read(pf::EventsCall& call, pf::EventDocuments documents, pf::Value) const override {
        for (pf::Value document = call.next(); !document.is_absent(); document = call.next()) {
            if (documents == pf::EventDocuments::posted) {
                for (const alert::Told& told : alert::read_posted(document)) told.send(call);
                continue;
            }
            alert::Told told;
            if (read_listed(document, documents, told)) {
                told.send(call);
            } else {
                // What is in a list and cannot be read must not be taken for nothing.
                throw pf::Failure(PF_DATA_LOSS,
                                  "Prism listed something that is no alert, event or audit as "
                                  "this program knows them");
            }
        }
    }

  private:
    static bool read_listed(pf::Value document, pf::EventDocuments documents, alert::Told& told) {
        if (documents == pf::EventDocuments::alerts) {
            if (alert::read_v4(document, told)) return true;
            told = alert::Told();
            return alert::read_v3(document, told);
        }
        return alert::read_log_entry(document, documents == pf::EventDocuments::audits, told);
    }
};

}  // namespace

PF_MODULE(Alerts)
