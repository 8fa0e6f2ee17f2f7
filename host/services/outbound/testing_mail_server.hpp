// A mail server for tests: speaks as much SMTP as a client needs, with or without TLS, and keeps
// what it was told.
#pragma once

#include <openssl/ssl.h>

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/prism/testing_certificates.hpp"
#include "host/prism/testing_tcp.hpp"

namespace pf::host::services::testing {

struct MailScript {
    std::optional<prism::testing::ServerIdentity> identity;  // it can do TLS
    bool is_tls_first = false;                               // from the first byte
    bool offers_starttls = true;                             // when it can
    std::string auth = "PLAIN LOGIN";                        // offered, over TLS too
    std::map<std::string, std::string> replies;  // by a command's beginning, without line end
    bool repeats_commands = false;               // in the text of replies that refuse
    std::string said_ahead;                      // in clear text, right behind the 220 of STARTTLS
};

class MailServer {
  public:
    explicit MailServer(MailScript script)
        : script_(std::move(script)),
          server_([this](prism::testing::Wire& wire) { serve(wire); }) {}

    std::uint16_t port() const { return server_.port(); }
    // Commands of all connections in order, "(tls)" where TLS began.
    std::vector<std::string> commands() const {
        std::lock_guard lock(mutex_);
        return commands_;
    }
    // Mails that were taken, dots unstuffed.
    std::vector<std::string> mails() const {
        std::lock_guard lock(mutex_);
        return mails_;
    }

  private:
    struct Talk {
        int fd = -1;
        SSL* ssl = nullptr;
        std::string rest;
        // Without its line end; nothing when the client is gone.
        std::optional<std::string> line() {
            std::size_t end = 0;
            while ((end = rest.find("\r\n")) == std::string::npos) {
                std::array<char, 4096> buffer{};
                prism::testing::Wire wire(fd);
                const int got = ssl != nullptr ? SSL_read(ssl, buffer.data(), buffer.size()) : 0;
                const std::string more =
                    ssl == nullptr
                        ? wire.receive()
                        : std::string(buffer.data(), static_cast<std::size_t>(got > 0 ? got : 0));
                if (more.empty()) {
                    return std::nullopt;
                }
                rest += more;
            }
            std::string found = rest.substr(0, end);
            rest.erase(0, end + 2);
            return found;
        }
        void say(const std::string& text) {
            const std::string bytes = text + "\r\n";
            if (ssl == nullptr) {
                prism::testing::Wire(fd).send(bytes);
            } else {
                SSL_write(ssl, bytes.data(), static_cast<int>(bytes.size()));
            }
        }
    };

    void serve(prism::testing::Wire& wire) {
        Talk talk{wire.fd(), nullptr, {}};
        if (!script_.is_tls_first || begin_tls(talk)) {
            talk.say(script_.replies.contains("(connect)") ? script_.replies.at("(connect)")
                                                           : "220-hello\r\n220 there");
            for (auto line = talk.line(); line && obey(talk, *line); line = talk.line()) {
            }
        }
        SSL_free(talk.ssl);
    }

    bool begin_tls(Talk& talk) {
        SSL_CTX* context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(context, script_.identity->certificate.get());
        SSL_CTX_use_PrivateKey(context, script_.identity->key.get());
        talk.ssl = SSL_new(context);
        SSL_CTX_free(context);
        SSL_set_fd(talk.ssl, talk.fd);
        if (SSL_accept(talk.ssl) != 1) {
            return false;
        }
        note("(tls)");
        return true;
    }

    // False when the connection is over.
    bool obey(Talk& talk, const std::string& command) {
        note(command);
        for (const auto& [beginning, reply] : script_.replies) {
            if (command.starts_with(beginning)) {
                talk.say(reply + (script_.repeats_commands ? " you said " + command : ""));
                return true;
            }
        }
        if (command.starts_with("EHLO ")) {
            const bool can = script_.identity && script_.offers_starttls && talk.ssl == nullptr;
            talk.say(
                std::string("250-here\r\n250-SIZE 1000\r\n") + (can ? "250-STARTTLS\r\n" : "") +
                (script_.auth.empty() ? "" : "250-AUTH " + script_.auth + "\r\n") + "250 HELP");
        } else if (command == "STARTTLS") {
            talk.say("220 go" + script_.said_ahead);
            return begin_tls(talk);
        } else if (command == "AUTH LOGIN") {
            return log_in(talk);
        } else if (command.starts_with("AUTH ")) {
            talk.say("235 welcome");
        } else if (command == "DATA") {
            return take_mail(talk);
        } else {
            talk.say(command == "QUIT" ? "221 bye" : "250 fine");
        }
        return command != "QUIT";
    }

    bool log_in(Talk& talk) {
        for (const char* reply : {"334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"}) {
            talk.say(reply);
            const auto line = talk.line();
            if (!line) {
                return false;
            }
            note(*line);
        }
        talk.say("235 welcome");
        return true;
    }

    bool take_mail(Talk& talk) {
        talk.say("354 go on");
        std::string mail;
        for (auto line = talk.line(); line; line = talk.line()) {
            if (*line == ".") {
                {
                    std::lock_guard lock(mutex_);
                    mails_.push_back(mail);
                }
                talk.say(script_.replies.contains("(mail)") ? script_.replies.at("(mail)")
                                                            : "250 queued");
                return true;
            }
            mail += line->substr(line->starts_with('.') ? 1 : 0) + "\r\n";
        }
        return false;
    }

    void note(const std::string& what) {
        std::lock_guard lock(mutex_);
        commands_.push_back(what);
    }

    MailScript script_;
    mutable std::mutex mutex_;
    std::vector<std::string> commands_;
    std::vector<std::string> mails_;
    prism::testing::TcpServer server_;  // last: its threads use the above
};

}  // namespace pf::host::services::testing
