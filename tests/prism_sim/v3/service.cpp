#include "tests/prism_sim/v3/service.hpp"

#include <algorithm>
#include <charconv>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/model/time_text.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kDefaultLength = 20;
constexpr std::uint64_t kMostPerPage = 500;

// The whole number behind "name": in a flat request body.
std::uint64_t body_number(std::string_view body, std::string_view name, std::uint64_t otherwise) {
    const std::size_t key = body.find(std::string(1, '"').append(name) += '"');
    if (key == std::string_view::npos) return otherwise;
    const std::size_t at = body.find_first_of("0123456789", key + name.size() + 2);
    if (at == std::string_view::npos) return otherwise;
    std::uint64_t value = otherwise;
    std::from_chars(body.data() + at, body.data() + body.size(), value);
    return value;
}

void write_reference(JsonWriter& out, std::string_view kind, const Uuid& id,
                     std::string_view name) {
    out.plain("kind", kind);
    out.uuid("uuid", id);
    if (!name.empty()) out.text("name", name);
}

void write_project_status(JsonWriter& out, const World& world, const Project& project) {
    out.open("status");
    out.text("name", project.name);
    out.plain("state", "COMPLETE");
    out.text("description", project.description);
    out.open("resources");
    out.flag("is_default", project.is_default);
    out.open_list("cluster_reference_list");
    if (project.is_default) {
        for (const Cluster& cluster : world.clusters) {
            out.open_item();
            write_reference(out, "cluster", cluster.id, {});
            out.close();
        }
    }
    out.close_list();
    out.open_list("subnet_reference_list");
    out.close_list();
    out.close();
    out.close();
}

void write_project_metadata(JsonWriter& out, const World& world, const Project& project,
                            std::string_view user) {
    out.open("metadata");
    out.plain("kind", "project");
    out.uuid("uuid", project.id);
    out.number("spec_version", 0);
    out.plain("entity_version", "1");
    out.open("categories");
    out.close();
    out.open("categories_mapping");
    out.close();
    out.plain("creation_time", TimeText(project.created_us).seconds());
    out.plain("last_update_time", TimeText(project.created_us).seconds());
    out.open("owner_reference");
    write_reference(out, "user", world.users[0], user);
    out.close();
    out.open("project_reference");
    write_reference(out, "project", project.id, project.name);
    out.close();
    out.close();
}

}  // namespace

void V3Service::refuse(Response& response, std::uint32_t status, std::string_view reason,
                       std::string_view message, std::string_view details) {
    response.status = status;
    JsonWriter out(response.body);
    out.open_item();
    out.plain("state", "ERROR");
    out.number("code", status);
    out.open_list("message_list");
    out.open_item();
    out.plain("reason", reason);
    out.text("message", message);
    if (!details.empty()) out.text("details", details);
    out.close();
    out.close_list();
    out.plain("api_version", "3.1");
    out.close();
}

void V3Service::answer(const Request& request, Response& response) const {
    constexpr std::string_view prefix = "/api/nutanix/v3/";
    const std::string_view path = std::string_view(request.path).substr(prefix.size());
    const bool is_get = request.method == "GET";
    if (is_get && path == "users/me") return answer_me(response);
    if (is_get && path == "prism_central") return answer_prism_central(response);
    if (request.method == "POST" && path == "projects/list")
        return answer_projects(request, response);
    refuse(response, 404, "NOT_FOUND", "The requested resource was not found.");
}

void V3Service::answer_me(Response& response) const {
    JsonWriter out(response.body);
    out.open_item();
    out.open("status");
    out.plain("state", "COMPLETE");
    out.text("name", user_);
    out.open("resources");
    out.text("display_name", user_);
    out.close();
    out.close();
    out.open("metadata");
    out.plain("kind", "user");
    out.uuid("uuid", world_.users[0]);
    out.close();
    out.plain("api_version", "3.1");
    out.close();
}

void V3Service::answer_prism_central(Response& response) const {
    JsonWriter out(response.body);
    out.open_item();
    out.open("resources");
    out.plain("version", world_.pc_version);
    out.plain("pc_size", "kSmall");
    out.plain("type", "PC");
    out.close();
    out.plain("api_version", "3.1");
    out.close();
}

void V3Service::answer_projects(const Request& request, Response& response) const {
    const std::uint64_t total = world_.projects.size();
    const std::uint64_t offset = std::min(body_number(request.body, "offset", 0), total);
    const std::uint64_t length =
        std::min(body_number(request.body, "length", kDefaultLength), kMostPerPage);
    const std::uint64_t end = std::min(total, offset + length);
    JsonWriter out(response.body);
    out.open_item();
    out.plain("api_version", "3.1");
    out.open("metadata");
    out.plain("kind", "project");
    out.number("offset", offset);
    out.number("length", end - offset);
    out.number("total_matches", total);
    out.close();
    out.open_list("entities");
    for (std::uint64_t i = offset; i < end; ++i) {
        const Project& project = world_.projects[i];
        out.open_item();
        write_project_status(out, world_, project);
        out.open("spec");
        out.text("name", project.name);
        out.open("resources");
        out.close();
        out.close();
        write_project_metadata(out, world_, project, user_);
        out.close();
    }
    out.close_list();
    out.close();
}

}  // namespace pf::sim
