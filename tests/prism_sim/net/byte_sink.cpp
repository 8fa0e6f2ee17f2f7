#include "tests/prism_sim/net/byte_sink.hpp"

#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <string>

namespace pf::sim {
namespace {

constexpr std::size_t kBlock = 64 * 1024;
// A TLS record: what a peer has received is counted even when the rest never leaves.
constexpr std::size_t kRecord = 16 * 1024;

}  // namespace

void ByteSink::send(std::string_view text) {
    while (!text.empty()) {
        const int size = static_cast<int>(std::min(text.size(), kRecord));
        const int sent = socket_.sendBytes(text.data(), size);
        if (sent <= 0) throw Poco::Net::ConnectionAbortedException("peer does not read");
        live_.count_sent(static_cast<std::size_t>(sent));
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void ByteSink::send_repeated(std::string_view pattern, std::uint64_t bytes) {
    std::string block;
    while (block.size() < std::min<std::uint64_t>(kBlock, bytes)) block += pattern;
    for (; bytes > 0; bytes -= std::min<std::uint64_t>(bytes, block.size()))
        send(std::string_view(block).substr(0, static_cast<std::size_t>(bytes)));
}

void ByteSink::reset_on_close() { socket_.setLinger(true, 0); }

}  // namespace pf::sim
