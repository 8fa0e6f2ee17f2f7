#include "tests/prism_sim/net/compression.hpp"

#include <Poco/DeflatingStream.h>

#include <sstream>

namespace pf::sim {
namespace {

constexpr std::size_t kMember = 1 << 20;

}  // namespace

std::string gzip(std::string_view text) {
    std::ostringstream out;
    Poco::DeflatingOutputStream deflater(out, Poco::DeflatingStreamBuf::STREAM_GZIP);
    deflater.write(text.data(), static_cast<std::streamsize>(text.size()));
    deflater.close();
    return out.str();
}

// A gzip file may consist of several: one is made and repeated.
std::string gzip_bomb(std::string_view text, std::uint64_t inflated) {
    std::string bomb = gzip(text);
    const std::string member = gzip(std::string(kMember, ' '));
    for (std::uint64_t size = 0; size < inflated; size += kMember) bomb += member;
    return bomb;
}

}  // namespace pf::sim
