# The rules of layering.sh. Each #include of each file is held against three tables:
# which folder of host/ may use which, who owns which third-party library, and what an SDK or module
# file may see at all. A test (x_test.cpp, x_bench.cpp, tests/) may use any library, but no upper folder.

BEGIN {
    # host/FOLDER may include host/ files of: (itself and)
    uses["base"] = ""
    uses["observe"] = "base"
    uses["document"] = "base"
    uses["encoding"] = "base observe"
    uses["prism"] = "base observe"
    uses["capture"] = "base observe prism"
    uses["services"] = "base observe encoding prism"
    uses["cost"] = uses["services"] " services document"
    uses["state"] = uses["cost"] " cost"
    uses["runtime"] = uses["state"] " state"
    uses["watch"] = uses["runtime"] " runtime"
    uses["loader"] = uses["runtime"] " runtime"
    uses["cloudforet"] = uses["runtime"] " runtime"
    uses["doctor"] = uses["runtime"] " runtime cloudforet"
    uses["app"] = uses["runtime"] " runtime watch loader cloudforet doctor"
    uses["cli"] = uses["app"] " app capture"

    # The include path's beginning, and the folders (or files) that may name it.
    owner("grpc/", "host/cloudforet/")
    owner("grpcpp/", "host/cloudforet/")
    owner("google/protobuf/", "host/cloudforet/")
    owner("Poco/", "host/prism/ host/services/outbound host/observe/status")
    owner("boost/", "host/loader/")
    owner("simdjson", "host/services/")
    owner("spdlog/", "host/observe/")
    owner("prometheus/", "host/observe/")
    owner("CLI/", "host/cli/")
    owner("date/", "host/cost/calendar/")
    owner("yaml-cpp/", "host/document/")
    owner("valijson/", "host/document/")
    owner("sqlite3", "host/state/")
    owner("openssl/", "host/capture/ host/prism/ host/loader/ host/services/outbound/testing host/watch/notice")
    owner("nlohmann/", "host/app/ host/capture/ host/cli/ host/cost/ host/doctor/ host/document/ host/loader/ " \
          "host/cloudforet/ host/prism/ host/runtime/ host/state/outbox host/watch/ host/encoding/replay_json")
    owner("catch2/", "-")
    owner("benchmark/", "-")

    # The C library; a name without slash and without suffix is the C++ library.
    split("assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal " \
          "stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath " \
          "threads time uchar wchar wctype", names, " ")
    for (i in names) c_library[names[i] ".h"] = 1
    bad = 0
}

function owner(prefix, folders) {
    prefixes[++count] = prefix
    owners[prefix] = folders
}

function complain(text) {
    printf "%s:%d: %s\n", FILENAME, FNR, text
    bad = 1
}

function begins(text, prefix) { return substr(text, 1, length(prefix)) == prefix }

function is_test(path) {
    return begins(path, "tests/") || path ~ /_(test|bench)\.[ch]pp$/
}

function is_standard(name) { return name in c_library || name !~ /[\/.]/ }

function contains(list, word) { return index(" " list " ", " " word " ") > 0 }

# The folder of host/ that a path belongs to: "" when it is none.
function host_folder(path,   parts) {
    if (!begins(path, "host/")) return ""
    split(path, parts, "/")
    return parts[2]
}

# A quoted name without a known first folder is a neighbour or generated code.
function is_of_tree(name) {
    return name ~ /^(host|modules|sdk|tests|cmake|deploy)\//
}

function check_host(name, quoted,   mine, theirs) {
    mine = host_folder(FILENAME)
    theirs = host_folder(name)
    if (!(mine in uses) && FILENAME ~ /^host\/.*\//) complain("host/" mine " is not in the table of layering.awk")
    if (theirs != "" && theirs != mine && !contains(uses[mine], theirs))
        complain("host/" mine " must not use host/" theirs ": dependencies run downward only")
    if (begins(name, "tests/") && !is_test(FILENAME)) complain("the host must not use " name)
    if (begins(name, "modules/")) complain("the host must not use " name)
    if (name == "nlohmann/json.hpp" && FILENAME ~ /\.hpp$/)
        complain("nlohmann/json.hpp is too dear for a header: use nlohmann/json_fwd.hpp")
}

function check_third_party(name,   i, prefix, n, folders, k) {
    if (is_test(FILENAME)) return
    for (i = 1; i <= count; i++) {
        prefix = prefixes[i]
        if (!begins(name, prefix)) continue
        n = split(owners[prefix], folders, " ")
        for (k = 1; k <= n; k++)
            if (begins(FILENAME, folders[k])) return
        complain("<" name "> belongs to " (owners[prefix] == "-" ? "tests" : owners[prefix]))
    }
    if (name ~ /\.pb\.h$/ && !begins(FILENAME, "host/cloudforet/"))
        complain("generated protobuf code " name " belongs to host/cloudforet/")
}

# A module and the SDK see the SDK, the standard library and, for a module, files of its own folder.
function check_outside(name, quoted,   mine) {
    if (begins(name, "host/")) { complain(FILENAME " must not use " name ": it sees only the SDK"); return }
    if (is_test(FILENAME) || begins(name, "prismforet/") || is_standard(name)) return
    if (name == "dlfcn.h" && begins(FILENAME, "sdk/include/prismforet/testing")) return  # loads the module under test
    split(FILENAME, mine, "/")
    if (quoted && begins(FILENAME, "modules/") && begins(name, "modules/" mine[2] "/")) return
    if (quoted && !is_of_tree(name) && name !~ /\//) return
    complain(FILENAME " must not use " name ": it sees only <prismforet/...> and the standard library")
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    quoted = $0 ~ /include[ \t]*"/
    name = $0
    sub(/^[^<"]*[<"]/, "", name)
    sub(/[>"].*$/, "", name)

    if (name ~ /(^|\/)\.\.\//) complain("\"" name "\": name files from the root of the tree, without ..")
    if (begins(FILENAME, "host/")) check_host(name, quoted)
    if (FILENAME ~ /^(modules|sdk)\//) check_outside(name, quoted)
    else check_third_party(name)
    if (begins(FILENAME, "tests/prism_sim/") && (begins(name, "host/") || begins(name, "prismforet/")))
        complain("the simulator shares no code with the host: " name)
    if (begins(FILENAME, "tests/prism_sim/") && name ~ /^(grpc|grpcpp|google\/protobuf)\//)
        complain("the simulator speaks HTTPS only: " name)
}

END { exit bad }
