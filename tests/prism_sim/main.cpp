// prism-sim: a simulated Prism Central as a program.

#include <pthread.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/prism_sim/reading_options.hpp"
#include "tests/prism_sim/server.hpp"

namespace {

struct Files {
    std::string password, ca, ready, stats;
};

void add_world_options(CLI::App& app, pf::sim::Config& config) {
    app.add_option("--seed", config.seed, "Same seed, same world")->capture_default_str();
    app.add_option("--vms", config.vms, "AHV virtual machines")->capture_default_str();
    app.add_option("--clusterless-vms", config.clusterless_vms,
                   "Percent of VMs that name no cluster");
    app.add_option("--clusters", config.clusters, "AOS clusters")->capture_default_str();
    app.add_option("--hosts-per-cluster", config.hosts_per_cluster, "Hosts of a cluster")
        ->capture_default_str();
    app.add_option("--containers", config.containers,
                   "Storage containers in all; at least three per cluster")
        ->capture_default_str();
    app.add_option("--volume-groups", config.volume_groups,
                   "Volume groups; VMs are attached to the first 64")
        ->capture_default_str();
    app.add_option("--subnets", config.subnets, "VLANs and overlays; 0: a few per cluster")
        ->capture_default_str();
    app.add_option("--floating-ips", config.floating_ips, "Floating IPs")->capture_default_str();
    app.add_option("--security-policies", config.security_policies, "Network security policies")
        ->capture_default_str();
    app.add_option("--esxi-vms", config.esxi_vms,
                   "ESXi virtual machines; with any, the last quarter of the clusters is ESXi")
        ->capture_default_str();
    app.add_option("--recovery-points", config.recovery_points, "Recovery points of single VMs")
        ->capture_default_str();
    app.add_option("--templates", config.templates, "VM templates")->capture_default_str();
    app.add_option("--pc-version", config.pc_version,
                   "Release: 2022.6 (v3 only), 2023.3, 2024.1 (betas), 2024.3, 7.3, 7.5, 7.6")
        ->capture_default_str();
    app.add_flag("--unknown-enums", config.unknown_enums,
                 "Some VMs have a power state v4 does not know");
}

void add_replay_options(CLI::App& app, pf::sim::Config& config) {
    auto* replay = app.add_option("--replay", config.replay,
                                  "Answer with a capture of prismforet record, not with a world");
    app.add_option("--replay-target", config.replay_target,
                   "Which of the capture's targets, when it has several")
        ->check(CLI::NonNegativeNumber.description(""))
        ->needs(replay);
}

void add_listening_options(CLI::App& app, pf::sim::Config& config, Files& files) {
    app.add_option("--listen", config.listen, "Address to listen on")->capture_default_str();
    app.add_option("--port", config.port, "TCP port, 0: a free one")->capture_default_str();
    app.add_option("--san", config.san, "More names or addresses for the certificate");
    const auto set_flaw = [&config](const std::string& name) {
        config.certificate = pf::sim::certificate_flaw(name);
    };
    app.add_option_function<std::string>(
           "--certificate", set_flaw,
           "expired, not-yet-valid, wrong-host, self-signed, unknown-ca, weak-key or "
           "weak-signature")
        ->default_str("none");
    app.add_option("--newest-tls", config.newest_tls, "1.1, 1.2 or 1.3")->capture_default_str();
    app.add_option("--max-connections", config.max_threads, "Connections served at once")
        ->capture_default_str();
    app.add_option("--keep-alive-seconds", config.keep_alive, "Life of an idle connection")
        ->default_str("75");
    app.add_option("--ca-out", files.ca, "Write the CA certificate (PEM) here");
    app.add_option("--ready-file", files.ready, "Write the ready line here as well");
    app.add_option("--stats-out", files.stats, "Write request statistics (JSON) here at the end");
}

void add_account_options(CLI::App& app, pf::sim::Config& config, Files& files) {
    app.add_option("--user", config.user, "Account")->capture_default_str();
    auto* password = app.add_option("--password", config.password, "Password, default nutanix/4u");
    app.add_option("--password-file", files.password, "First line is the password")
        ->excludes(password);
    app.add_option("--api-key", config.api_key, "Accepted in X-ntnx-api-key");
    app.add_option("--session-seconds", config.session, "Life of a session cookie")
        ->default_str("900");
    app.add_option("--session-requests", config.session_requests,
                   "Requests a cookie is good for, 0: any");
    app.add_flag("--json-auth-errors", config.json_auth_errors, "v4 401 and 403 carry a JSON body");
}

void add_behaviour_options(CLI::App& app, pf::sim::Config& config) {
    app.add_flag("!--no-v3", config.serve_v3, "Answer 404 under /api/nutanix");
    const auto set_empty = [&config](const std::string& text) {
        config.empty_data =
            text == "array" ? pf::sim::EmptyData::array : pf::sim::EmptyData::absent;
    };
    app.add_option_function<std::string>("--empty-data", set_empty, "An empty list: no data, or []")
        ->check(CLI::IsMember({"absent", "array"}))
        ->default_str("absent");
    const auto set_over = [&config](const std::string& text) {
        config.over_limit =
            text == "empty" ? pf::sim::OverLimit::empty : pf::sim::OverLimit::refused;
    };
    app.add_option_function<std::string>("--over-limit", set_over,
                                         "A limit above 100: an error, or no entries")
        ->check(CLI::IsMember({"refused", "empty"}))
        ->default_str("refused");
    app.add_flag("--refuse-filters", config.refuse_filters, "400 for every $filter");
    app.add_option("--latency-ms", config.latency, "Added to every answer")->default_str("0");
    app.add_option("--churn-every", config.churn_every,
                   "After so many VM lists a VM goes or comes");
    app.add_option("--rate-limit", config.rate_limit, "Requests per second, then 429");
    app.add_option("--retry-after", config.retry_after, "Retry-After of these 429");
    app.add_option("--fault", config.faults, "NAME[@PAGE][:RATE][:key=value]..., may be repeated");
}

void write_file(const std::string& path, const std::string& text) {
    if (path.empty()) return;
    std::ofstream file(path, std::ios::trunc);
    file << text;
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

std::string first_line(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line)) throw std::runtime_error("cannot read a password from " + path);
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

void run(pf::sim::Config& config, const Files& files, const sigset_t& signals) {
    if (!files.password.empty()) config.password = first_line(files.password);
    pf::sim::Simulator simulator(config);
    write_file(files.ca, simulator.ca_pem());
    const std::string world = "vms=" + std::to_string(config.vms) +
                              " clusters=" + std::to_string(config.clusters) +
                              " seed=" + std::to_string(config.seed);
    const std::string ready =
        "prism-sim ready https://" + config.listen + ":" + std::to_string(simulator.port()) + " " +
        (config.replay.empty() ? world : simulator.replay_description()) + "\n";
    write_file(files.ready, ready);
    std::cout << ready << std::flush;
    int signal = 0;
    sigwait(&signals, &signal);
    simulator.stop();
    write_file(files.stats, simulator.stats_json() + "\n");
}

}  // namespace

int main(int argc, char** argv) {
    pf::sim::Config config;
    Files files;
    CLI::App app(
        "A simulated Nutanix Prism Central (v4 API over HTTPS) for tests and demonstrations.");
    add_world_options(app, config);
    add_replay_options(app, config);
    add_listening_options(app, config, files);
    add_account_options(app, config, files);
    add_behaviour_options(app, config);
    pf::sim::add_reading_options(app, config);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? 0 : 2;
    } catch (const std::invalid_argument& problem) {
        std::cerr << "prism-sim: " << problem.what() << "; see --help\n";
        return 2;
    }

    // Blocked before any thread starts, so that only sigwait receives them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        run(config, files, signals);
    } catch (const std::invalid_argument& problem) {
        std::cerr << "prism-sim: " << problem.what() << "; see --help\n";
        return 2;
    } catch (const std::exception& problem) {
        std::cerr << "prism-sim: " << problem.what() << "\n";
        return 1;
    }
    return 0;
}
