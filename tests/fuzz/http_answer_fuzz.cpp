// The bytes of a connection, as answers of Prism: heads, framing, bodies, and the judgement of
// each. However the network cuts the bytes into pieces, the outcome is the same; what a strict
// second reader takes for a plain answer is read exactly so; what is no answer is refused in
// readable words.
#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "host/prism/answer.hpp"
#include "host/prism/connection.hpp"
#include "host/prism/cookies.hpp"
#include "host/prism/failure.hpp"
#include "host/prism/framing.hpp"
#include "host/prism/retry.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/plain_http.hpp"

namespace pf::fuzz {
namespace {

using namespace pf::host::prism;

constexpr std::uint64_t usual_limit = 1u << 20;
constexpr const char* path = "/api/vmm/v4.2/ahv/config/vms?$page=0&$limit=100";

// Bytes that come at most `piece` at a time, and then no more.
class Wire final : public ByteSource {
  public:
    Wire(std::string_view bytes, std::size_t piece) : bytes_(bytes), piece_(piece) {}
    std::size_t read_some(char* data, std::size_t size) override {
        require(size > 0, "nobody asks for no bytes");
        const std::size_t count = std::min({size, piece_, bytes_.size() - at_});
        std::copy_n(bytes_.data() + at_, count, data);
        at_ += count;
        return count;
    }
    int get() override {
        return at_ < bytes_.size() ? static_cast<unsigned char>(bytes_[at_++]) : -1;
    }
    std::size_t at() const { return at_; }

  private:
    std::string_view bytes_;
    std::size_t piece_;
    std::size_t at_ = 0;
};

// What became of one answer.
struct Seen {
    Trouble trouble = Trouble::none;
    Received received;
    std::string body;
    std::size_t end = 0;  // where the connection stands
};

bool operator==(const Seen& a, const Seen& b) {
    const RawAnswer& x = a.received.answer;
    const RawAnswer& y = b.received.answer;
    return a.trouble == b.trouble && a.body == b.body && x.http == y.http &&
           x.content_type == y.content_type && x.set_cookies == y.set_cookies &&
           (a.trouble != Trouble::none || a.end == b.end);
}

Seen receive(Wire& wire, std::uint64_t limit, Body& memory) {
    Seen seen;
    try {
        seen.received = receive_answer(wire, limit, true, memory);
        seen.body = memory.text();
        require(memory.size() <= limit, "a body keeps its limit");
        const char* const behind = memory.data() + memory.size();
        require(memory.data() == nullptr ||
                    std::all_of(behind, behind + Body::padding, [](char c) { return c == 0; }),
                "zeros follow a body");
    } catch (const Failed& failed) {
        seen.trouble = failed.trouble();
        require(!failed.status().ok(), "a failure is one");
        require_readable(failed.status());
        require(seen.trouble == Trouble::cut_short || seen.trouble == Trouble::malformed ||
                    seen.trouble == Trouble::too_large,
                "bytes fail for what they are", failed.status().text());
    }
    require(memory.capacity() <= limit + limit / 2 + 65536, "memory is bounded by the limit");
    seen.end = wire.at();
    return seen;
}

// The same steps as a fetch takes with an answer.
void judge(const RawAnswer& answer, std::string_view body) {
    Cookies cookies;
    cookies.take(answer.set_cookies);
    require(is_one_line(cookies.header()), "a cookie cannot smuggle a header", cookies.header());
    if (answer.http >= 200 && answer.http < 300) {
        return require_readable(check_json(answer.content_type, body));
    }
    const PrismError error = parse_error(answer.content_type, body);
    for (const std::string& words : {error.message, error.code, error.group}) {
        require(is_utf8(words) && is_one_line(words), "Prism's words can be shown", words);
        require(words.size() <= 2000, "Prism's words are bounded", words);
    }
    const host::Status status = failure_of(answer, error, path);
    require(!status.ok(), "an error is a failure");
    require_readable(status);
    const auto wait = retry_after(answer.retry_after, answer.date);
    require(!wait || (wait->count() >= 0 && *wait <= longest_retry_after), "a wait is bounded",
            answer.retry_after);
}

void check_against_plain(std::string_view bytes, const Seen& seen) {
    const auto plain = read_plain_answer(bytes);
    if (!plain || plain->body.size() > usual_limit) {
        return;
    }
    require(seen.trouble == Trouble::none, "a plain answer is read", bytes);
    require(seen.received.answer.http == plain->status, "a plain answer has its status", bytes);
    require(seen.body == plain->body, "a plain answer has its body", bytes);
    require(seen.end == plain->size, "a plain answer ends where it ends", bytes);
}

// A small limit changes nothing but that too much is refused.
void check_limit(std::string_view bytes, const Seen& seen, std::uint64_t limit) {
    Wire wire(bytes, bytes.size() + 1);
    Body memory;
    const Seen small = receive(wire, limit, memory);
    if (small.trouble == Trouble::none) {
        require(small == seen, "a limit that is kept changes nothing", bytes);
    } else if (seen.trouble == Trouble::none) {
        require(small.trouble == Trouble::too_large && seen.body.size() > limit,
                "a limit refuses what is larger", bytes);
    }
}

}  // namespace
}  // namespace pf::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pf::fuzz;
    const std::string_view bytes = to_text(data, size);
    Wire whole(bytes, bytes.size() + 1);
    Wire dripping(bytes, 3);
    Body memory;
    Body other_memory;
    // A connection carries one answer after the other as long as each was read to its end.
    for (int answers = 0; answers < 8; ++answers) {
        const std::string_view rest = bytes.substr(whole.at());
        const Seen seen = receive(whole, usual_limit, memory);
        require(seen == receive(dripping, usual_limit, other_memory), "pieces change nothing",
                rest);
        if (answers == 0) {
            check_against_plain(rest, seen);
            check_limit(rest, seen, 0);
            check_limit(rest, seen, 17);
        }
        if (seen.trouble != Trouble::none) {
            break;
        }
        judge(seen.received.answer, seen.body);
        if (!seen.received.keeps_open) {
            break;
        }
    }
    return 0;
}
