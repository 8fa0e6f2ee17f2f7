#include "tests/prism_sim/net/answer_sender.hpp"

#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>

#include "tests/prism_sim/net/http_date.hpp"

namespace pf::sim {
namespace {

constexpr std::size_t kPaddingBlock = 64 * 1024;

std::string make_head(const Response& response, bool is_keep_alive) {
    const std::uint64_t length = response.body.size() + response.delivery.padding;
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
    head += Poco::Net::HTTPResponse::getReasonForStatus(
        static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
    head += "\r\nDate: " + http_date(std::time(nullptr));
    if (length != 0) head.append("\r\nContent-Type: ").append(response.content_type);
    head += "\r\nContent-Length: " + std::to_string(length);
    for (const auto& [name, value] : response.headers)
        head.append("\r\n").append(name).append(": ").append(value);
    if (!is_keep_alive) head += "\r\nConnection: close";
    return head + "\r\n\r\n";
}

void send_all(Poco::Net::StreamSocket& socket, std::string_view text) {
    while (!text.empty()) {
        const int size = static_cast<int>(std::min<std::size_t>(text.size(), 1U << 30));
        const int sent = socket.sendBytes(text.data(), size);
        if (sent <= 0) throw Poco::Net::ConnectionAbortedException("peer does not read");
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool send_slowly(Poco::Net::StreamSocket& socket, std::string_view body, const Delivery& delivery,
                 LiveConnections& live) {
    while (!body.empty()) {
        const std::string_view piece = body.substr(0, delivery.drip_bytes);
        send_all(socket, piece);
        body.remove_prefix(piece.size());
        if (!body.empty() && !live.pause(delivery.drip_pause)) return false;
    }
    return true;
}

void send_padding(Poco::Net::StreamSocket& socket, std::uint64_t bytes) {
    const std::string block(kPaddingBlock, ' ');
    for (; bytes > 0; bytes -= std::min<std::uint64_t>(bytes, block.size()))
        send_all(socket, std::string_view(block).substr(0, static_cast<std::size_t>(bytes)));
}

}  // namespace

bool send_answer(Poco::Net::StreamSocket& socket, const Response& response, bool is_head,
                 bool is_keep_alive, LiveConnections& live) {
    const Delivery& delivery = response.delivery;
    if (delivery.never_answer) {
        live.wait_for_stop();
        return false;
    }
    if (delivery.delay.count() > 0 && !live.pause(delivery.delay)) return false;
    is_keep_alive = is_keep_alive && !delivery.announce_close;
    send_all(socket, make_head(response, is_keep_alive));
    if (is_head) return is_keep_alive;
    std::string_view body = response.body.view();
    if (delivery.drop_in_body) {
        send_all(socket, body.substr(0, body.size() / 2));
        return false;
    }
    if (delivery.drip_bytes != 0) {
        if (!send_slowly(socket, body, delivery, live)) return false;
    } else {
        send_all(socket, body);
    }
    send_padding(socket, delivery.padding);
    return is_keep_alive && !delivery.close_silently;
}

}  // namespace pf::sim
