#include "host/runtime/json_shapes.hpp"

#include "host/cost/shapes/shape_json.hpp"

namespace pf::host::runtime {

Status JsonShapes::next(std::string& json) {
    while (true) {
        auto has_next = shapes_->next(shape_);
        if (!has_next) {
            return has_next.status();
        }
        if (!*has_next) {
            return Status(Code::out_of_range, "ERROR_SHAPES_END", "there is no further shape");
        }
        if (account_.empty() || shape_.account == account_) {
            json = cost::shape_json(shape_);
            return Status();
        }
    }
}

}  // namespace pf::host::runtime
