// FormChoice: in which generation of Prism's API an endpoint is read.
//
// Best first: a general release of v4, then v3, then a beta of v4, as far as the descriptor has the
// form and the wish allows it. Whoever reads takes one after the other: the next form is for when
// Prism answers that it does not have the one before. Nothing else leads to another form.
#pragma once

#include <memory>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/target.hpp"
#include "host/services/list_form.hpp"

namespace pf::host::services {

class FormChoice {
  public:
    // `endpoint` outlives this object.
    FormChoice(std::shared_ptr<prism::Target> target, const Endpoint& endpoint, prism::ApiWish wish,
               ListingScope scope);

    // The next form to try; asks Prism for its versions when they are not known. NOT_FOUND: none is
    // left (ERROR_PRISM_API_ABSENT: by what Prism says of its versions; ERROR_PRISM_NOT_FOUND: by a
    // 404 for the list itself, which may be a moment's). INVALID_ARGUMENT: the scope cannot be
    // asked for. Others: nothing was found out.
    Result<ListForm> next(const Stop& stop, prism::Meter& meter);

    // The form given last turned out not to be there; a version that was remembered for too long is
    // asked for once more.
    void was_absent();
    // The form given last answers: its use is kept at the target.
    void was_served();

  private:
    enum class Kind { release, v3, beta };
    Result<ListForm> form(Kind kind, const Stop& stop, prism::Meter& meter);
    std::string probe() const;

    std::shared_ptr<prism::Target> target_;
    const Endpoint& endpoint_;
    const prism::ApiWish wish_;
    const ListingScope scope_;
    std::vector<Kind> left_;  // the best one last
    Kind current_ = Kind::release;
    std::string current_version_;
    std::string reason_;  // why not a general release of v4
    bool is_renewed_ = false;
    bool is_list_gone_ = false;  // v3 answered 404 for it
};

}  // namespace pf::host::services
