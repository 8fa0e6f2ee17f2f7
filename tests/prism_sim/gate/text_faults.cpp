#include "tests/prism_sim/gate/text_faults.hpp"

#include <string>

namespace pf::sim {

void spoil_text(const Fault& fault, Response& response) {
    switch (fault.kind) {
        case FaultKind::bom: {
            const std::string text(response.body.view());
            response.body.clear();
            response.body.append("\xef\xbb\xbf");
            return response.body.append(text);
        }
        case FaultKind::trailing_garbage:
            return response.body.append("}<!-- upstream connect error -->");
        case FaultKind::truncated:
            return response.body.cut(response.body.size() / 2);
        default:
            return;
    }
}

}  // namespace pf::sim
