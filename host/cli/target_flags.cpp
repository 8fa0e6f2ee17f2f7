#include "host/cli/target_flags.hpp"

#include <CLI/CLI.hpp>

namespace pf::host::cli {

void add_target_flags(CLI::App& command, TargetFlags& flags) {
    const char* const group = "Where from (default: all targets of the configuration)";
    const auto option = [&](const char* name, auto& value, const char* help, const char* type) {
        return command.add_option(name, value, help)->type_name(type)->group(group);
    };
    CLI::Option* const target =
        option("-t,--target", flags.targets, "A configured target; may be repeated", "NAME")
            ->allow_extra_args(false);
    CLI::Option* const secret =
        option("--secret-file", flags.secret_file,
               "JSON as CloudForet's secret_data; - is standard input", "FILE");
    CLI::Option* const host =
        option("--host", flags.host, "A Prism Central: host, host:port or URL", "HOST");
    secret->excludes(target);
    host->excludes(target)->excludes(secret);
    option("-u,--username", flags.username, "A Prism user with the role Prism Viewer", "NAME")
        ->needs(host);
    option("--password-file", flags.password_file, "File with the password; - is standard input",
           "FILE")
        ->needs(host);
    option("--api-key-file", flags.api_key_file, "File with an API key instead", "FILE")
        ->needs(host);
    option("--ca-file", flags.ca_file, "PEM file of the CA that signed Prism's certificate", "FILE")
        ->needs(host);
    option("--pin-sha256", flags.pin_sha256, "SHA-256 digest of Prism's certificate", "HEX")
        ->needs(host);
    option("--account-id", flags.account_id, "Account of the rows instead of Prism's UUID", "ID")
        ->needs(host);
    command.add_flag("--insecure", flags.is_insecure, "Accept any certificate")
        ->needs(host)
        ->group(group);
}

}  // namespace pf::host::cli
