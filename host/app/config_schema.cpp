#include "host/app/config_schema.hpp"

#include <nlohmann/json.hpp>

#include "host/app/notify_config.hpp"
#include "host/app/watch_config.hpp"
#include "host/cloudforet/registration/plugin_roles.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;

// The parts `collect`, `notify` and `watch` have schemas of their own; the roles are those that are
// served.
constexpr const char* schema_text = R"json({
"$schema": "http://json-schema.org/draft-07/schema#",
"title": "prismforet configuration",
"type": "object",
"additionalProperties": false,
"properties": {
  "targets": {
    "description": "the Prism Centrals that `prismforet collect` asks",
    "type": "array",
    "maxItems": 256,
    "items": {
      "type": "object",
      "additionalProperties": false,
      "required": ["name", "url"],
      "properties": {
        "name": {"description": "a word of your choice for --target",
                 "type": "string", "minLength": 1, "maxLength": 64},
        "url": {"description": "address of the Prism Central, e.g. https://pc1.example.com:9440",
                "type": "string", "minLength": 1, "maxLength": 512},
        "account_id": {"description": "account of the collected rows instead of the UUID of the Prism Central",
                       "type": "string", "maxLength": 255},
        "auth": {
          "description": "username with password_file, or api_key_file",
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "username": {"description": "name of a Prism user with the role Prism Viewer", "type": "string"},
            "password": {"description": "the password; better password_file or ${env:NAME}", "type": "string"},
            "password_file": {"description": "path of a file that holds the password", "type": "string"},
            "api_key": {"description": "the API key; better api_key_file or ${env:NAME}", "type": "string"},
            "api_key_file": {"description": "path of a file that holds the API key", "type": "string"},
            "secret": {"description": "secret://ID: a secret of CloudForet that has the credential; it is fetched when it is needed and never stored", "type": "string"}
          }
        },
        "tls": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "ca_file": {"description": "path of a PEM file with the CA that signed Prism's certificate", "type": "string"},
            "pin_sha256": {"description": "SHA-256 digest of Prism's certificate, in hex", "type": "string"},
            "insecure_skip_verify": {"description": "true or false; true accepts any certificate", "type": "boolean"}
          }
        },
        "proxy": {"description": "HTTP proxy on the way there: http://host:port, http://${env:USER_AND_PASSWORD}@host:port, or none; else HTTPS_PROXY and NO_PROXY decide",
                  "type": "string", "maxLength": 1024},
        "limits": {
          "description": "how gently Prism is treated",
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "sessions": {"description": "connections kept open, 1 to 64", "type": "integer", "minimum": 1, "maximum": 64},
            "in_flight": {"description": "requests at once, 1 to 64", "type": "integer", "minimum": 1, "maximum": 64},
            "per_second": {"description": "requests per second, 0 to 1000; 0 = no limit", "type": "number", "minimum": 0, "maximum": 1000},
            "tries": {"description": "attempts per request, 1 to 20", "type": "integer", "minimum": 1, "maximum": 20},
            "connect": {"description": "longest wait for a connection, e.g. 5s", "type": "string"},
            "first_byte": {"description": "longest wait for the beginning of an answer, e.g. 60s", "type": "string"},
            "idle": {"description": "longest silence within an answer, e.g. 30s", "type": "string"},
            "total": {"description": "longest time for one request, e.g. 2m", "type": "string"},
            "body": {"description": "largest answer, e.g. 64MiB", "type": "string"}
          }
        }
      }
    }
  },
  "modules": {
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "dir": {"description": "directory of the modules", "type": "string", "minLength": 1},
      "enable": {"description": "names of the modules that must serve; empty = all that are there",
                 "type": "array", "items": {"type": "string"}},
      "state_dir": {"description": "directory for private copies of modules and for the outbox; empty = a temporary one, for copies only", "type": "string"},
      "config": {"description": "configuration of each module, by its name", "type": "object",
                 "additionalProperties": {"description": "an object; `prismforet modules inspect` shows what it may hold",
                                          "type": "object"}}
    }
  },
  "serve": {
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "grpc": {"description": "address to listen on, e.g. 0.0.0.0:50051", "type": "string", "minLength": 1},
      "status": {"description": "address of a port for probes and Prometheus, e.g. 127.0.0.1:8080; empty = none", "type": "string"},
      "roles": {"description": "the roles of this process; one per process",
                "type": "array", "minItems": 1, "maxItems": 1,
                "items": {"type": "string"}},
      "drain": {"description": "time for running calls to end after a signal, e.g. 25s", "type": "string"}
    }
  },
  "cloudforet": {
    "description": "the CloudForet installation that `prismforet register` and `prismforet secret` talk to",
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "identity": {"description": "address of its identity service, e.g. grpc://identity:50051", "type": "string", "maxLength": 512},
      "endpoints": {"description": "addresses of other services by name, instead of what identity says of them", "type": "object",
                    "additionalProperties": {"description": "an address, e.g. grpc://repository:50051", "type": "string"}},
      "token": {"description": "token of a domain administrator; better token_file or ${env:NAME}", "type": "string"},
      "token_file": {"description": "path of a file that holds the token of a domain administrator", "type": "string"},
      "workspace_token": {"description": "token of a workspace; better workspace_token_file or ${env:NAME}", "type": "string"},
      "workspace_token_file": {"description": "path of a file that holds the token of a workspace", "type": "string"},
      "user_token": {"description": "a user's own token; better user_token_file or ${env:NAME}", "type": "string"},
      "user_token_file": {"description": "path of a file that holds a user's own token", "type": "string"},
      "domain_id": {"description": "the domain that secret://ID is looked up in; empty: the token's", "type": "string", "maxLength": 255},
      "outside": {"description": "true or false; true uses the addresses for clients outside of CloudForet's cluster", "type": "boolean"}
    }
  },
  "cost": {
    "description": "what things cost; docs/cost.md",
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "model": {"description": "path of a cost model, or config://NAME: a SharedConfig or DomainConfig of CloudForet that holds it", "type": "string", "maxLength": 4096},
      "ledger": {"description": "path of the shape ledger, the history that `prismforet collect` feeds, on a local disk; empty = none", "type": "string", "maxLength": 4096},
      "ledger_months": {"description": "months for which the shape ledger keeps what ended, 1 to 240; 37 unless given", "type": "integer", "minimum": 1, "maximum": 240}
    }
  },
  "log": {
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "level": {"description": "debug, info, warn, error or off", "type": "string"},
      "format": {"description": "logfmt or json", "type": "string", "enum": ["logfmt", "json"]}
    }
  },
  "collect": {},
  "notify": {},
  "watch": {}
}
})json";

constexpr const char* defaults_text = R"json({
"targets": [],
"modules": {"enable": []},
"serve": {"grpc": "0.0.0.0:50051", "status": "", "roles": ["inventory"], "drain": "25s"},
"log": {"level": "info", "format": "logfmt"}
})json";

json make_schema() {
    json schema = json::parse(schema_text);
    json options = json::parse(runtime::options_schema());
    options["additionalProperties"] = false;
    options["description"] = "options of `prismforet collect`, as CloudForet gives them";
    schema["properties"]["collect"] = std::move(options);
    schema["properties"]["notify"] = json::parse(notify_schema_text());
    schema["properties"]["watch"] = json::parse(watch_schema_text());
    json& roles = schema["properties"]["serve"]["properties"]["roles"];
    for (const cloudforet::PluginRole& role : cloudforet::plugin_roles()) {
        roles["items"]["enum"].push_back(role.role);
    }
    return schema;
}

}  // namespace

const json& config_schema() {
    static const json schema = make_schema();
    return schema;
}

std::string config_schema_text() { return config_schema().dump(2); }

const json& config_defaults() {
    static const json defaults = json::parse(defaults_text);
    return defaults;
}

}  // namespace pf::host::app
