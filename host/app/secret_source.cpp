#include "host/app/secret_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "host/observe/redact.hpp"

namespace pf::host::app {
namespace {

Status unreadable(const std::string& path, const std::string& why) {
    return Status(
        Code::failed_precondition, "ERROR_CONFIG_FILE",
        "cannot read " + (path == "-" ? std::string("standard input") : path) + ": " + why);
}

// Closes a descriptor that was opened here; standard input stays open.
class Descriptor {
  public:
    explicit Descriptor(const std::string& path)
        : number_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~Descriptor() {
        if (number_ > STDERR_FILENO) {
            ::close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }

  private:
    int number_;
};

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t limit) {
    const Descriptor file(path);
    if (file.number() < 0) {
        return unreadable(path, std::strerror(errno));
    }
    std::string text;
    char chunk[16384];
    while (true) {
        const ssize_t got = ::read(file.number(), chunk, sizeof chunk);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return unreadable(path, std::strerror(errno));
        }
        if (got == 0) {
            return text;
        }
        text.append(chunk, static_cast<std::size_t>(got));
        if (text.size() > limit) {
            return unreadable(path, "it is larger than " + std::to_string(limit) +
                                        " bytes; is this the right file?");
        }
    }
}

Result<Secret> read_secret(const std::string& path, std::vector<std::string>& warnings) {
    auto text = read_file(path);
    if (!text) {
        return text.status();
    }
    struct stat facts {};
    if (path != "-" && ::stat(path.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) &&
        (facts.st_mode & (S_IROTH | S_IWOTH)) != 0) {
        warnings.push_back("everybody on this machine may read the secret in " + path +
                           "; try: chmod 600 " + path);
    }
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) {
        text->pop_back();
    }
    observe::register_secret(*text);
    return Secret(std::move(*text));
}

bool holds_reference(std::string_view text) {
    for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${", at + 1)) {
        if (at == 0 || text[at - 1] != '$') {
            return true;
        }
    }
    return false;
}

Result<std::string> expand_references(const std::string& text, const Environment& environment,
                                      std::vector<std::string>& warnings) {
    const auto wrong = [](const std::string& what) {
        return Status(Code::invalid_argument, "ERROR_CONFIG", what);
    };
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (text.compare(at, 3, "$${") == 0) {
            out += "${";
            at += 3;
            continue;
        }
        if (text.compare(at, 2, "${") != 0) {
            out += text[at++];
            continue;
        }
        const std::size_t end = text.find('}', at);
        if (end == text.npos) {
            return wrong("has a ${ without }; write $${ when it is meant as text");
        }
        const std::string inner = text.substr(at + 2, end - at - 2);
        at = end + 1;
        if (inner.compare(0, 4, "env:") == 0) {
            const auto found = environment.find(inner.substr(4));
            if (found == environment.end()) {
                return wrong("needs the environment variable " + inner.substr(4) +
                             ", which is not set");
            }
            out += found->second;
        } else if (inner.compare(0, 5, "file:") == 0) {
            auto secret = read_secret(inner.substr(5), warnings);
            if (!secret) {
                return secret.status();
            }
            out += secret->reveal();
        } else {
            return wrong(
                "has a ${...} that is neither ${env:NAME} nor ${file:PATH}; write $${ "
                "when it is meant as text");
        }
    }
    return out;
}

}  // namespace pf::host::app
