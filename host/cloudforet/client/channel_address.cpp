#include "host/cloudforet/client/channel_address.hpp"

#include <algorithm>

namespace pf::host::cloudforet {

namespace {

constexpr std::string_view plain_scheme = "grpc://";
constexpr std::string_view tls_scheme = "grpc+ssl://";

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
           std::stoul(std::string(text)) <= 65535 && text.find_first_not_of('0') != text.npos;
}

// A name, an IPv4 address, or an IPv6 address with its zone in brackets; none means this machine.
bool is_host(std::string_view text) {
    const bool is_word =
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (text.starts_with('[')) {
        return is_word && text.ends_with(']') && text.size() > 2 &&
               text.substr(1, text.size() - 2).find_first_of("/@[]") == text.npos;
    }
    return is_word && text.find_first_of("/@:[]") == text.npos;
}

}  // namespace

Result<ChannelAddress> parse_channel_address(std::string_view text) {
    ChannelAddress address;
    std::string_view rest = text;
    if (rest.starts_with(plain_scheme)) {
        rest.remove_prefix(plain_scheme.size());
    } else if (rest.starts_with(tls_scheme)) {
        rest.remove_prefix(tls_scheme.size());
        address.is_tls = true;
    }
    if (rest.ends_with('/')) {
        rest.remove_suffix(1);
    }
    const std::size_t colon = rest.rfind(':');
    if (colon == std::string_view::npos || !is_port(rest.substr(colon + 1)) ||
        !is_host(rest.substr(0, colon))) {
        return Status(Code::invalid_argument, "ERROR_ADDRESS",
                      std::string("the address '").append(text) +
                          "' is none of a gRPC server; write host:port, "
                          "grpc://host:port or grpc+ssl://host:port");
    }
    address.target = colon == 0 ? "localhost" + std::string(rest) : std::string(rest);
    return address;
}

}  // namespace pf::host::cloudforet
