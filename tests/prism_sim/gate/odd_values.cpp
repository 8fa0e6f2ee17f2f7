#include "tests/prism_sim/gate/odd_values.hpp"

namespace pf::sim {
namespace {

std::size_t size_of(const Fault& fault, std::size_t usual) {
    return fault.bytes != 0 ? static_cast<std::size_t>(fault.bytes) : usual;
}

std::string many_keys(std::size_t count) {
    std::string text = "{";
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0) text += ',';
        text.append("\"k").append(std::to_string(i)).append("\":0");
    }
    return text += '}';
}

}  // namespace

std::string odd_value(const Fault& fault) {
    switch (fault.kind) {
        case FaultKind::invalid_utf8:
            // A byte that never occurs, a sequence cut short, an encoded surrogate.
            return "\"web\xff \xe2\x82 \xed\xa0\x80 end\"";
        case FaultKind::lone_surrogate:
            return R"("web \ud83d end \udc00")";
        case FaultKind::nul:
            return R"("web\u0000hidden")";
        case FaultKind::rtl:
            // Right-to-left override, an isolate that is never closed, a zero-width space.
            return "\"web \xe2\x80\xae"
                   "cod.exe \xe2\x81\xa7 \xe2\x80\x8b"
                   "end\"";
        case FaultKind::control:
            return R"("web\u001b[31m red\u0007\r\n\u009b2J end\u007f")";
        case FaultKind::raw_control:
            return "\"web\x1b[31m red\x07\t end\"";
        case FaultKind::nan:
            return "NaN";
        case FaultKind::infinity:
            return "-Infinity";
        case FaultKind::huge_number:
            return std::string(size_of(fault, 4096), '9');
        case FaultKind::huge_string:
            return "\"" + std::string(size_of(fault, 16U << 20), 'x') + "\"";
        case FaultKind::deep: {
            const std::size_t levels = size_of(fault, 100'000);
            return std::string(levels, '[') + std::string(levels, ']');
        }
        case FaultKind::many_keys:
            return many_keys(size_of(fault, 1'000'000));
        default:
            return "null";
    }
}

}  // namespace pf::sim
