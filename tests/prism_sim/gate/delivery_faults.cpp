#include "tests/prism_sim/gate/delivery_faults.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kHugeBytes = 1ULL << 30;
constexpr std::uint64_t kBigHeaders = 128 * 1024;
constexpr std::size_t kDripBytes = 1024;
constexpr std::chrono::milliseconds kDripPause{100};

std::uint64_t size_of(const Fault& fault, std::uint64_t usual) {
    return fault.bytes != 0 ? fault.bytes : usual;
}

Wire wire_of(FaultKind kind) {
    switch (kind) {
        case FaultKind::drop:
            return Wire::half_then_close;
        case FaultKind::stall:
            return Wire::half_then_silence;
        case FaultKind::reset:
            return Wire::half_then_reset;
        case FaultKind::not_http:
            return Wire::not_http;
        case FaultKind::endless_headers:
            return Wire::endless_headers;
        case FaultKind::length:
            return Wire::wrong_length;
        case FaultKind::bad_length:
            return Wire::bad_length;
        case FaultKind::two_lengths:
            return Wire::two_lengths;
        case FaultKind::length_and_chunked:
            return Wire::length_and_chunked;
        case FaultKind::no_length:
            return Wire::until_close;
        case FaultKind::chunked:
            return Wire::chunked;
        case FaultKind::bad_chunk_size:
            return Wire::bad_chunk_size;
        case FaultKind::early_end:
            return Wire::chunks_then_close;
        case FaultKind::endless_chunks:
            return Wire::endless_chunks;
        default:
            return Wire::proper;
    }
}

}  // namespace

void spoil_delivery(const Fault& fault, Delivery& delivery) {
    if (const Wire wire = wire_of(fault.kind); wire != Wire::proper) delivery.wire = wire;
    switch (fault.kind) {
        case FaultKind::slow:
            delivery.drip_bytes = static_cast<std::size_t>(size_of(fault, kDripBytes));
            delivery.drip_pause = fault.pause.count() != 0 ? fault.pause : kDripPause;
            break;
        case FaultKind::silent:
            delivery.never_answer = true;
            break;
        case FaultKind::huge:
        case FaultKind::endless_chunks:
            delivery.padding = size_of(fault, kHugeBytes);
            break;
        case FaultKind::close_idle:
            delivery.close_silently = true;
            break;
        case FaultKind::announce_close:
            delivery.announce_close = true;
            break;
        case FaultKind::endless_headers:
            delivery.headers = size_of(fault, kHugeBytes);
            break;
        case FaultKind::big_headers:
            delivery.headers = size_of(fault, kBigHeaders);
            break;
        case FaultKind::length:
        case FaultKind::two_lengths:
            delivery.add = fault.add != 0 ? fault.add : 1;
            break;
        case FaultKind::gzip:
            delivery.coding = Coding::gzip;
            break;
        case FaultKind::gzip_bomb:
            delivery.coding = Coding::gzip_bomb;
            delivery.inflated = size_of(fault, kHugeBytes);
            break;
        default:
            break;
    }
}

}  // namespace pf::sim
