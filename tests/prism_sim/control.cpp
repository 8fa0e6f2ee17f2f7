// GET /sim/stats and the like: how a test steers a simulator that runs as a program.

#include <charconv>
#include <optional>
#include <stdexcept>

#include "tests/prism_sim/simulation.hpp"

namespace pf::sim {
namespace {

// The number a body consists of.
std::optional<std::uint64_t> count_in(std::string_view body) {
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), count);
    return error == std::errc() ? std::optional(count) : std::nullopt;
}

}  // namespace

// The id of each alert that was opened, a line each.
void Simulation::steer_alerts(std::string_view lines, Response& response) {
    response.content_type = "text/plain";
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(line.size() < lines.size() ? line.size() + 1 : line.size());
        const auto done = alerts_.command(line);
        if (!done) {
            response.status = 400;
            return response.body.append("this is no command: " + std::string(line) + "\n");
        }
        if (!done->empty()) response.body.append(*done + "\n");
    }
}

void Simulation::answer_control(const Request& request, Response& response) {
    const auto is = [&](std::string_view method, std::string_view path) {
        return request.method == method && request.path == path;
    };
    if (is("GET", "/sim/stats")) {
        response.body.append(to_json(stats_source_()));
    } else if (is("GET", "/sim/vm-ids")) {
        response.content_type = "text/plain";
        for (const Uuid& id : roster_.ids()) response.body.append(to_text(id) + "\n");
    } else if (is("POST", "/sim/churn")) {
        for (std::uint64_t i = count_in(request.body).value_or(1); i > 0; --i) roster_.churn();
    } else if (is("POST", "/sim/edit")) {
        roster_.edit(count_in(request.body).value_or(1));
    } else if (is("POST", "/sim/alerts")) {
        steer_alerts(request.body, response);
    } else if (is("POST", "/sim/expire-sessions")) {
        sessions_.expire_all();
    } else if (is("PUT", "/sim/faults")) {
        std::vector<std::string> texts;
        std::string_view rest = request.body;
        while (!rest.empty()) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : rest.size());
            if (!line.empty()) texts.emplace_back(line);
        }
        try {
            faults_.set(texts);
        } catch (const std::invalid_argument& problem) {
            response.status = 400;
            response.content_type = "text/plain";
            response.body.append(problem.what());
        }
    } else {
        response.status = 404;
    }
}

}  // namespace pf::sim
