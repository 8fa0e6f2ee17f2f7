// A gRPC server whose every answer a test writes down: reflection included, also wrong answers.
// Messages are bytes; it knows no API and listens on a free port of the loopback.
#pragma once

#include <grpcpp/support/status.h>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace google::protobuf {
class FileDescriptorProto;
}

namespace pf::test {

// The answer to one call.
struct Answer {
    // The message with this number, or nothing at the end. Called in order, on a gRPC thread.
    std::function<std::optional<std::string>(std::size_t)> message;
    grpc::Status end;
    // True leaves the call open after the last message, until the client cancels it.
    bool hold = false;
    // True answers the client's next request in the same call, until it sends no more.
    bool goes_on = false;
};

// An answer of these messages and then OK.
Answer answer_with(std::vector<std::string> messages);

// An answer that ends with an error after these messages.
Answer answer_with_error(grpc::StatusCode code, const std::string& details,
                         std::vector<std::string> messages = {});

class ScriptedServer {
  public:
    using Handler = std::function<Answer(const std::string& request)>;
    // Gets the metadata of the call as well; of a repeated key one value.
    using CallHandler = std::function<Answer(const std::string& request,
                                             const std::map<std::string, std::string>& metadata)>;

    ScriptedServer();
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    // Names a service in the list of reflection.
    void list(const std::string& service);
    // Makes a file known to reflection: by its name and by the services in it. Each answer holds
    // one file only, so that the client has to ask for imports.
    void add_file(const google::protobuf::FileDescriptorProto& file);
    // Answers questions for this symbol with an error.
    void refuse_symbol(const std::string& symbol, int error_code);
    // Answers calls of /package.Service/method.
    void serve(const std::string& path, Handler handler);
    void serve_call(const std::string& path, CallHandler handler);

    // Starts listening; returns "127.0.0.1:port". Nothing may be added afterwards.
    std::string start();

    // The questions asked of reflection so far: "list", "symbol NAME", "file NAME".
    std::vector<std::string> questions() const;
    // How many calls of a path were cancelled by the client.
    std::size_t cancelled(const std::string& path) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pf::test
