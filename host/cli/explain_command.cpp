#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "host/cli/commands.hpp"
#include "host/cli/exit_code.hpp"
#include "host/runtime/nearest.hpp"

namespace pf::host::cli {
namespace {

struct Explanation {
    const char* code;
    const char* meaning;
    const char* remedy;
};

constexpr Explanation explanations[] = {
    {"ERROR_CONFIG", "A value of the configuration cannot be used.",
     "The message names file, line and key. `prismforet config show --origin` shows what is in "
     "force, `prismforet schema config` what is allowed."},
    {"ERROR_CONFIG_FILE", "A file that was named cannot be read.",
     "Check that it exists and that this user may read it."},
    {"ERROR_USAGE", "The command line is wrong.", "Add --help to the command."},
    {"ERROR_NOT_FOUND", "No resource of the kind has this name or id.",
     "Names are compared letter by letter. `prismforet get KIND` lists them all; --cluster and "
     "--option may have left it out."},
    {"ERROR_COLLECTION_FILE", "A file is no collection that diff can read.",
     "Write both with `prismforet collect -o ndjson --out FILE`."},
    {"ERROR_TARGET", "No such target is configured, or none at all.",
     "`prismforet config show` lists targets; or use --host or --secret-file."},
    {"ERROR_INVALID_CREDENTIALS", "Prism refused the user name, the password or the API key.",
     "Log in to the Prism console with the same account. After two refusals the same credential "
     "is not sent again for ten minutes, so that the account is not locked."},
    {"ERROR_PRISM_PERMISSION", "The account may not read what was asked for.",
     "Give it the role the message names (Prism Viewer in most cases), or exclude the kind."},
    {"ERROR_PRISM_UNREACHABLE", "No connection to Prism Central: name, network or firewall.",
     "From this machine try: curl -vk https://HOST:9440/"},
    {"ERROR_PROXY", "The HTTP proxy on the way to Prism is down, or refuses.",
     "It comes from `proxy` of the target or from HTTPS_PROXY; NO_PROXY or `proxy: none` takes a "
     "target out. It is never gone around."},
    {"ERROR_TLS", "Prism's certificate was not accepted, or TLS failed.",
     "Give the CA that signed it (--ca-file, tls.ca_file, ca_cert of the secret), or its SHA-256 "
     "digest. Never switch the check off for more than a try."},
    {"ERROR_PRISM_UNAVAILABLE", "Prism answered that it cannot serve now (5xx).",
     "It was asked several times with growing pauses. Look at the health of Prism Central."},
    {"ERROR_PRISM_RATE_LIMIT", "Prism asks for fewer requests.",
     "Lower requests_per_second; with several replicas set replicas."},
    {"ERROR_PRISM_ANSWER", "The answer is not what Prism's API gives, e.g. HTML of a proxy.",
     "Check that host and port are those of a Prism Central and not of a portal before it."},
    {"ERROR_PRISM_TOO_LARGE", "An answer is larger than allowed.",
     "Lower page_size, or raise the limit body of the target."},
    {"ERROR_PRISM_IDENTITY", "Prism Central did not say who it is, so rows have no account.",
     "Let the account read the cluster list, or set account_id."},
    {"ERROR_PRISM_ELEMENT", "The address is that of a Prism Element, which knows one cluster only.",
     "Give the address of the Prism Central that manages the cluster."},
    {"ERROR_PRISM_API_ABSENT", "This Prism Central does not offer the API.",
     "Upgrade Prism Central, or exclude the kind."},
    {"ERROR_PRISM_PAGING", "A list comes in pages that do not fit what was asked for.",
     "What is read is checked against the total all the same. Record this Prism (`prismforet "
     "record`) and report it; a smaller page_size often helps."},
    {"ERROR_CLOCK", "The clocks of Prism Central and of this machine differ.",
     "Set both to the same NTP servers."},
    {"ERROR_ACCOUNT_WRITES", "The account may change things, which prismforet never does.",
     "Give it an account of its own with the role Prism Viewer."},
    {"ERROR_CAPTURE", "A file is no capture that this program can read.",
     "`prismforet record` makes captures; docs/capture.md describes the format and its versions."},
    {"ERROR_OUTPUT", "A file could not be written.",
     "Is its directory there and writable, and is there room on the disk?"},
    {"ERROR_PRISM_NOT_FOUND", "Prism answered 404 for a list that it always has.",
     "Nothing is taken as deleted. Look at the health of Prism Central; the next run asks again."},
    {"ERROR_LIST_TRUNCATED", "Prism Central left entities out of a list and says so.",
     "Ask for less at once with the option clusters, and report it: `prismforet record` shows the "
     "list."},
    {"ERROR_LIST_CHANGED", "Entities came or went while the list was read, so it has gaps.",
     "The next run sees them. Nothing is taken as deleted meanwhile."},
    {"ERROR_COLLECT_INTERRUPTED", "A collection was cut before its end.",
     "Nothing is taken as deleted. The message says who cut it."},
    {"ERROR_RUN_BUDGET", "A collection took longer than it may.",
     "Raise budget_minutes, split it by clusters or kinds, or find out why Prism is slow."},
    {"ERROR_MODULE_UNAVAILABLE", "A module that is expected is not in service.",
     "`prismforet modules list` shows what is there and why not; modules.enable says what is "
     "expected."},
    {"ERROR_MODULE_DIRECTORY", "The directory of the modules cannot be read.",
     "Set modules.dir to where they are installed, readable for this user."},
    {"ERROR_MODULE_FILE", "A module's library is no regular file, not readable or too large.",
     "Install the module again, readable for this user."},
    {"ERROR_MODULE_NOT_ELF", "A module's library is no shared library, or a damaged one.",
     "Install the module again."},
    {"ERROR_MODULE_ARCHITECTURE", "A module was built for another processor.",
     "Install its build for this machine."},
    {"ERROR_MODULE_ABI", "A module was built for another version of the host.",
     "Install the module that belongs to this version, or rebuild it."},
    {"ERROR_MODULE_SYMBOLS", "A module exports more or less than its one entry symbol.",
     "Build it with prismforet_add_module()."},
    {"ERROR_MODULE_NEEDED", "A module needs a library that modules must not bring along.",
     "Link it statically, or do without it."},
    {"ERROR_MODULE_UNRESOLVED", "A module uses a symbol or a version of it that is not here.",
     "Build it on the oldest system it shall run on, and link it with -z defs."},
    {"ERROR_MODULE_LOAD", "The dynamic linker refused a module.", "See what ldd says about it."},
    {"ERROR_MODULE_SIDECAR", "A module's descriptor is not beside its library.",
     "Install NAME.module.json with NAME.so; the build writes both."},
    {"ERROR_MODULE_DESCRIPTOR", "A module's descriptor breaks a rule of its format.",
     "`prismforet schema module` prints the format."},
    {"ERROR_MODULE_DESCRIPTOR_DIFFERS", "The descriptor inside a module is not the one beside it.",
     "Install library and descriptor of the same build."},
    {"ERROR_MODULE_NAME", "A module's file has another name than its descriptor.",
     "Do not rename libraries of modules."},
    {"ERROR_MODULE_DUPLICATE", "Two modules have one name, or make one kind.",
     "Keep one of the two, or name the wanted ones in modules.enable."},
    {"ERROR_MODULE_CONFIG", "A module's part of the configuration does not fit it.",
     "`prismforet modules inspect NAME -o json` prints its config_schema."},
    {"ERROR_MODULE_CREATE", "A module could not be started.",
     "The message and its log lines say why; report it to the module's author."},
    {"ERROR_MODULE_HUNG", "A module ignored a cancel and was taken out of service.",
     "Restart the process; report it to the module's author."},
    {"ERROR_MODULE_FAILED", "A module's handler failed or let an exception out.",
     "What it collected until then is good. Report it to the module's author."},
    {"ERROR_MODULE_LOST", "A module left entities without saying what became of them.",
     "Report it to the module's author; the rows it did make are good."},
    {"ERROR_MODULE_LIST_LEFT", "A module did not read a list to its end.",
     "Report it to the module's author; nothing is taken as deleted."},
    {"ERROR_MODULE_RECORD", "A module described an entity in a way CloudForet cannot keep.",
     "The message says what is wrong and where; report it to the module's author."},
    {"ERROR_MODULE_REQUEST", "A module asked for something its descriptor does not have.",
     "Report it to the module's author."},
    {"ERROR_MODULE_THREAD", "A module used the host from a thread that may not.",
     "It was refused. Report it to the module's author."},
    {"ERROR_MODULE_STALE_VALUE", "A module read values of a page it had given back.",
     "They read as absent. Report it to the module's author."},
    {"ERROR_LISTEN", "The address to listen on cannot be had.",
     "Another process may use the port: ss -ltnp"},
    {"ERROR_CONNECT", "No gRPC server answers at the address.",
     "Is `prismforet serve` running there, and is it gRPC without TLS (or grpc+ssl://)?"},
    {"ERROR_REFLECTION", "The server does not describe its services.",
     "Only servers with gRPC reflection (v1alpha) can be called."},
    {"ERROR_REQUEST_JSON", "The request does not fit the method.",
     "`prismforet call ADDRESS SERVICE --list` prints what the method takes."},
    {"ERROR_CLOUDFORET_TOKEN", "A service of CloudForet does not accept the token.",
     "It is missing, expired, revoked or of another CloudForet. Make an app in the console and put "
     "its client secret into the file that cloudforet.token_file names."},
    {"ERROR_CLOUDFORET_PERMISSION", "CloudForet does not allow the call to this token.",
     "The message says whose token it takes. Domain things take a DOMAIN_ADMIN app, those of a "
     "workspace a WORKSPACE_OWNER one; user secrets take the user's own token."},
    {"ERROR_CLOUDFORET_UNAVAILABLE", "A service of CloudForet is down, or cannot be reached.",
     "Does it run, and does a network policy let this machine in? Outside of its cluster set "
     "cloudforet.outside. What is done already stays; repeat the command."},
    {"ERROR_CLOUDFORET_ENDPOINT", "It is not known where a service of CloudForet is.",
     "Set cloudforet.identity (or --identity); a service that identity does not know is named by "
     "cloudforet.endpoints."},
    {"ERROR_CLOUDFORET_NAME_TAKEN", "CloudForet has something of this name or id already.",
     "Look at it in the console: rename it, delete it, or choose another name."},
    {"ERROR_CLOUDFORET_NOT_FOUND", "CloudForet does not have what a request refers to.",
     "Check the id, and that the token is of the domain and workspace that have it."},
    {"ERROR_CLOUDFORET_VERSION", "This CloudForet's API has no such method or field.",
     "docs/register.md names the versions it is made for; upgrade the older of the two."},
    {"ERROR_CLOUDFORET_REFUSED", "A service of CloudForet refuses the request.",
     "Its own words are in the message, more is in its log."},
    {"ERROR_REGISTER_SCOPE", "The token cannot do what is to be done; nothing was changed.",
     "The message says whose token it takes. Service accounts and collectors take one of a "
     "workspace (cloudforet.workspace_token_file)."},
    {"ERROR_REGISTER_CONFLICT", "What is in CloudForet cannot become what is wanted.",
     "Nothing was changed. Delete or rename it in the console, or give the options it was made "
     "with."},
    {"ERROR_REGISTER_UNVERIFIED", "CloudForet kept something else than it was given.",
     "`prismforet register --dry-run` shows what differs; the console shows what is there."},
    {"ERROR_SECRET_REFERENCE", "A secret that CloudForet sent refers to another one.",
     "The plugin calls nobody: write the value itself. In a configuration, auth.secret: "
     "secret://ID is looked up."},
    {"ERROR_SECRET_ENCRYPTED", "CloudForet sent an encrypted secret, which a plugin cannot open.",
     "Store the secret without encryption."},
};

int explain(Session& session, const std::string& code) {
    std::vector<std::string> known;
    for (const Explanation& one : explanations) {
        if (code.empty()) {
            std::printf("%-28s %s\n", one.code, one.meaning);
        } else if (code == one.code) {
            std::printf("%s\n  %s\n  try: %s\n", one.code, one.meaning, one.remedy);
            return exit_ok;
        }
        known.emplace_back(one.code);
    }
    if (code.empty()) {
        return exit_ok;
    }
    return session.fail(
        usage_error("no explanation of " + code + " is kept" + runtime::suggestion(code, known)));
}

}  // namespace

void add_explain(CLI::App& root, Session& session) {
    CLI::App* const command =
        root.add_subcommand("explain", "What an error code means and what to do");
    auto code = std::make_shared<std::string>();
    command->add_option("CODE", *code, "e.g. ERROR_TLS (default: list all)");
    command->callback([&session, code] {
        session.action = [&session, code] { return explain(session, *code); };
    });
}

}  // namespace pf::host::cli
