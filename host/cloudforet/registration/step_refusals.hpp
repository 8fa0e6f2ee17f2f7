// Why a step is not done: what is there is in the way, the token does not do, or something that it
// needs is missing.
#pragma once

#include "host/cloudforet/registration/registrar.hpp"

namespace pf::host::cloudforet {

// ERROR_REGISTER_CONFLICT: what is there cannot become what is wanted.
Status conflict(const Step& step);
// ERROR_REGISTER_SCOPE when the token's role cannot do the step. A token that says nothing about
// itself is left to CloudForet.
Status rights_refusal(const Step& step, const Access& access);
// ERROR_REGISTER_PREMISE: what the item belongs to is not there.
Status missing_premise(const Item& item);
// True for failures that say that this CloudForet has no such service.
bool is_service_missing(const Status& failure);

}  // namespace pf::host::cloudforet
