#include "tests/prism_sim/model/time_text.hpp"

#include <chrono>
#include <cstring>

namespace pf::sim {
namespace {

void put_digits(char* out, std::size_t count, std::uint64_t value) {
    for (std::size_t i = count; i-- > 0; value /= 10) out[i] = static_cast<char>('0' + value % 10);
}

}  // namespace

TimeText::TimeText(std::uint64_t since_epoch_us) {
    using namespace std::chrono;
    const std::uint64_t second = since_epoch_us / 1'000'000;
    const year_month_day date{sys_days{days{static_cast<int>(second / 86'400)}}};
    const std::uint64_t of_day = second % 86'400;
    std::memcpy(micros_, "0000-00-00T00:00:00.000000Z", sizeof micros_);
    put_digits(micros_, 4, static_cast<std::uint64_t>(static_cast<int>(date.year())));
    put_digits(micros_ + 5, 2, static_cast<unsigned>(date.month()));
    put_digits(micros_ + 8, 2, static_cast<unsigned>(date.day()));
    put_digits(micros_ + 11, 2, of_day / 3600);
    put_digits(micros_ + 14, 2, of_day / 60 % 60);
    put_digits(micros_ + 17, 2, of_day % 60);
    std::memcpy(seconds_, micros_, 19);
    seconds_[19] = 'Z';
    put_digits(micros_ + 20, 6, since_epoch_us % 1'000'000);
}

}  // namespace pf::sim
