#include "tests/prism_sim/net/answer_sender.hpp"

#include <Poco/Net/HTTPResponse.h>

#include <optional>

#include "tests/prism_sim/net/compression.hpp"
#include "tests/prism_sim/net/http_date.hpp"

namespace pf::sim {
namespace {

constexpr std::size_t kChunk = 16 * 1024;
// One header line of 80 bytes.
constexpr std::string_view kFiller =
    "X-Filler: 0123456789012345678901234567890123456789012345678901234567890123456\r\n";

bool is_chunked(Wire wire) {
    return wire == Wire::chunked || wire == Wire::length_and_chunked ||
           wire == Wire::bad_chunk_size || wire == Wire::chunks_then_close ||
           wire == Wire::endless_chunks;
}

std::string length_lines(const Delivery& delivery, std::uint64_t length) {
    const auto line = [](const std::string& value) { return "\r\nContent-Length: " + value; };
    const std::uint64_t other = length + static_cast<std::uint64_t>(delivery.add);
    switch (delivery.wire) {
        case Wire::until_close:
        case Wire::chunked:
        case Wire::bad_chunk_size:
        case Wire::chunks_then_close:
        case Wire::endless_chunks:
            return {};
        case Wire::wrong_length:
            return line(std::to_string(other));
        case Wire::bad_length:
            return line("0x" + std::to_string(length));
        case Wire::two_lengths:
            return line(std::to_string(length)) + line(std::to_string(other));
        default:
            return line(std::to_string(length));
    }
}

// The answer's head, up to the empty line that ends it.
std::string make_head(const Response& response, std::uint64_t length, bool is_keep_alive) {
    const Delivery& delivery = response.delivery;
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
    head += Poco::Net::HTTPResponse::getReasonForStatus(
        static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
    head += "\r\nDate: " + http_date(std::time(nullptr));
    if (length != 0) head.append("\r\nContent-Type: ").append(response.content_type);
    if (delivery.coding != Coding::identity) head += "\r\nContent-Encoding: gzip";
    head += length_lines(delivery, length);
    if (is_chunked(delivery.wire)) head += "\r\nTransfer-Encoding: chunked";
    for (const auto& [name, value] : response.headers)
        head.append("\r\n").append(name).append(": ").append(value);
    if (!is_keep_alive) head += "\r\nConnection: close";
    return head += "\r\n";
}

void send_chunk(ByteSink& sink, std::string_view data) {
    char size[24];
    const int digits = std::snprintf(size, sizeof size, "%zx\r\n", data.size());
    sink.send(std::string(size, static_cast<std::size_t>(digits)).append(data) += "\r\n");
}

// Returns false if the connection must not be used again.
bool send_chunks(ByteSink& sink, std::string_view body, const Delivery& delivery) {
    for (std::size_t at = 0; at < body.size(); at += kChunk) {
        if (delivery.wire == Wire::bad_chunk_size && at + kChunk >= body.size())
            sink.send("many\r\n");
        send_chunk(sink, body.substr(at, kChunk));
    }
    if (delivery.wire == Wire::chunks_then_close) return false;
    const std::string spaces(kChunk, ' ');
    for (std::uint64_t left = delivery.padding; left > 0;) {
        const std::uint64_t size = std::min<std::uint64_t>(left, spaces.size());
        send_chunk(sink, std::string_view(spaces).substr(0, static_cast<std::size_t>(size)));
        left -= size;
    }
    sink.send("0\r\n\r\n");
    return true;
}

bool send_slowly(ByteSink& sink, std::string_view body, const Delivery& delivery) {
    while (!body.empty()) {
        const std::string_view piece = body.substr(0, delivery.drip_bytes);
        sink.send(piece);
        body.remove_prefix(piece.size());
        if (!body.empty() && !sink.live().pause(delivery.drip_pause)) return false;
    }
    return true;
}

// Returns false if the connection must not be used again.
bool send_body(ByteSink& sink, std::string_view body, const Delivery& delivery) {
    const std::string_view half = body.substr(0, body.size() / 2);
    switch (delivery.wire) {
        case Wire::half_then_reset:
            sink.reset_on_close();
            [[fallthrough]];
        case Wire::half_then_close:
            sink.send(half);
            return false;
        case Wire::half_then_silence:
            sink.send(half);
            sink.live().wait_for_stop();
            return false;
        default:
            break;
    }
    if (is_chunked(delivery.wire)) return send_chunks(sink, body, delivery);
    if (delivery.drip_bytes != 0) {
        if (!send_slowly(sink, body, delivery)) return false;
    } else {
        sink.send(body);
    }
    sink.send_repeated(" ", delivery.padding);
    const bool is_short = delivery.wire == Wire::wrong_length && delivery.add > 0;
    return delivery.wire != Wire::until_close && !is_short;
}

std::optional<std::string> coded(const Response& response) {
    switch (response.delivery.coding) {
        case Coding::gzip:
            return gzip(response.body.view());
        case Coding::gzip_bomb:
            return gzip_bomb(response.body.view(), response.delivery.inflated);
        case Coding::identity:
            break;
    }
    return std::nullopt;
}

}  // namespace

bool send_answer(ByteSink& sink, const Response& response, bool is_head, bool is_keep_alive) {
    const Delivery& delivery = response.delivery;
    if (delivery.never_answer) {
        sink.live().wait_for_stop();
        return false;
    }
    if (delivery.delay.count() > 0 && !sink.live().pause(delivery.delay)) return false;
    if (delivery.wire == Wire::not_http) {
        sink.send("220 mail.example.test ESMTP\r\n");
        return false;
    }
    is_keep_alive = is_keep_alive && !delivery.announce_close;
    const std::optional<std::string> other = coded(response);
    const std::string_view body = other ? std::string_view(*other) : response.body.view();
    std::string head = make_head(response, body.size() + delivery.padding, is_keep_alive);
    if (delivery.headers != 0) {
        sink.send(head);
        sink.send_repeated(kFiller, delivery.headers);
        head.clear();
        if (delivery.wire == Wire::endless_headers) return false;
        if (delivery.headers % kFiller.size() != 0) head = "\r\n";
    }
    sink.send(head += "\r\n");
    if (is_head) return is_keep_alive;
    return send_body(sink, body, delivery) && is_keep_alive && !delivery.close_silently;
}

}  // namespace pf::sim
