// The cost role's API as CloudForet's cost analysis calls it, learned by reflection.
//
//     const auto client = pf::test::ReflectionClient::connect(endpoint);
//     const CostApi api(*client, {.options_json = R"({"cost_model": {...}})"});
//     const CostTasks tasks = api.get_tasks(secret, {});
//     for (const std::string& task : tasks.task_options) api.get_data(secret, task, on_page);
//
// Several calls at once are fine. It shares no code with the host.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/acceptance/reflection_client.hpp"

namespace pf::test {

struct CostDataSource {
    std::string options_json = "{}";
    std::string secret_type = "USE_SERVICE_ACCOUNT_SECRET";  // travels in options with every call
    std::string domain_id = "domain-1";
};

// What get_tasks says of time; empty texts are not sent.
struct CostTime {
    std::string start;
    std::string last_synchronized_at;
};

struct CostTasks {
    CallStatus status;
    std::string json;                       // the whole answer
    std::vector<std::string> task_options;  // of each task, JSON text
};

// How one get_data ended.
struct CostStream {
    CallStatus status;
    std::uint64_t pages = 0;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
};

class CostApi {
  public:
    // Sees each page as JSON with the names of the .proto files, and as it came; false cancels.
    using OnPage = std::function<bool(const std::string& json, std::string_view bytes)>;

    // `client` outlives this object. Throws ReflectionError when the endpoint is none of a cost
    // data source.
    CostApi(const ReflectionClient& client, CostDataSource source);

    CallReply init() const;
    CallReply verify(const std::string& secret_json) const;
    CostTasks get_tasks(const std::string& secret_json, const CostTime& time) const;
    CallReply get_linked_accounts(const std::string& secret_json) const;
    CostStream get_data(const std::string& secret_json, const std::string& task_options_json,
                        const OnPage& on_page, const CallOptions& options = {}) const;

  private:
    std::string request(const std::vector<std::pair<std::string, std::string>>& json_members) const;

    const ReflectionClient& client_;
    CostDataSource source_;
};

}  // namespace pf::test
