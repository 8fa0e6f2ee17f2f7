// fault-proxy: the relay as a program, for trying a host by hand.

#include <pthread.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <string>

#include "tests/fault_proxy/fault_proxy.hpp"

namespace {

using Kind = pf::test::Mischief::Kind;

const std::map<std::string, Kind> kinds = {
    {"none", Kind::none},     {"mute", Kind::mute}, {"drip", Kind::drip},
    {"vanish", Kind::vanish}, {"cut", Kind::cut},   {"reset", Kind::reset},
};

}  // namespace

int main(int argc, char** argv) {
    pf::test::Mischief mischief;
    std::uint16_t port = 0;
    std::uint16_t upstream = 0;
    std::uint64_t pause_ms = 10;
    CLI::App app("A TCP relay on loopback that does to connections what bad networks do.");
    app.add_option("--upstream", upstream, "Port of the server on loopback")->required();
    app.add_option("--port", port, "Port to listen on, 0: a free one");
    app.add_option("--fault", mischief.kind, "none, mute, drip, vanish, cut or reset")
        ->transform(CLI::CheckedTransformer(kinds));
    app.add_option("--after", mischief.after, "Bytes from the server that pass before it strikes");
    app.add_option("--first", mischief.first, "Connections to strike, 0: all");
    app.add_option("--bytes", mischief.bytes, "Bytes of one piece of drip")
        ->check(CLI::PositiveNumber);
    app.add_option("--pause-ms", pause_ms, "Between two pieces of drip");
    CLI11_PARSE(app, argc, argv);
    mischief.pause = std::chrono::milliseconds(pause_ms);

    // Blocked before any thread starts, so that only sigwait receives them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        pf::test::FaultProxy proxy(upstream, mischief, port);
        std::printf("fault-proxy ready 127.0.0.1:%u\n", static_cast<unsigned>(proxy.port()));
        std::fflush(stdout);
        int signal = 0;
        sigwait(&signals, &signal);
        std::printf("fault-proxy: %llu connections, %llu bytes relayed, %llu struck\n",
                    static_cast<unsigned long long>(proxy.connections()),
                    static_cast<unsigned long long>(proxy.relayed()),
                    static_cast<unsigned long long>(proxy.struck()));
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "fault-proxy: %s\n", problem.what());
        return 1;
    }
    return 0;
}
