# The rules of docs.sh, for one or more public headers. A declaration counts as documented when a comment
# ends on the line above it, stands on one of its own lines, or documents an overload right above it.
# A type may be documented by the block that opens the file, which then names it. What the language names
# itself needs no words: constructors, operators, overrides, the types of an iterator.

function complain(what, name) {
    printf "%s:%d: %s %s has no comment\n", FILENAME, first_line, what, name
    bad = 1
}

function start_file() {
    in_block = in_macro = pending = depth = parens = 0
    statement = last_function = ""
    documented = 0; opening = ""; in_opening = 1
    kind[0] = "namespace"; access[0] = "public"; title[0] = ""
    if ($0 !~ /^(\/\*|\/\/)/) { first_line = 1; complain("the file", FILENAME) }
}

# The line without comments and without the inside of literals; sets has_comment.
function code_of(line,   out, i, c, two, quote) {
    out = ""; has_comment = in_block
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1); two = substr(line, i, 2)
        if (in_block) {
            if (two == "*/") { in_block = 0; i++ }
        } else if (quote != "") {
            if (c == "\\") i++
            else if (c == quote) { out = out c; quote = "" }
        } else if (two == "/*") { in_block = has_comment = 1; i++ }
        else if (two == "//") { has_comment = 1; break }
        else {
            if (c == "\"" || (c == "'" && substr(line, i - 1, 1) !~ /[0-9A-Fa-f]/)) quote = c
            out = out c
        }
    }
    return out
}

function is_visible(   i) {
    for (i = 0; i <= depth; i++)
        if (kind[i] == "body" || access[i] != "public" || title[i] ~ /(detail|internal)$/) return 0
    return 1
}

function name_before_parenthesis(text,   head) {
    if (match(text, /\(\*[A-Za-z_0-9]+\)/)) return substr(text, RSTART + 2, RLENGTH - 3)
    head = substr(text, 1, index(text, "(") - 1)
    sub(/[ \t]+$/, "", head)
    return match(head, /[~A-Za-z_0-9]+$/) ? substr(head, RSTART) : ""
}

function judge_type(text,   name) {
    name = text
    sub(/^(template ?<.*> ?)?(typedef )?(class|struct|union|enum class|enum|using) /, "", name)
    sub(/[ ;:={].*$/, "", name)
    if (name ~ /^(value_type|difference_type|iterator_category|pointer|reference)$/) return
    if (!documented && !opens_file(name)) complain("type", name)
}

# Whether the block that opens the file names the type, or pf.list/1 for the table pf_lists.
function opens_file(name) {
    return index(opening, name) || (name ~ /s$/ && index(opening, substr(name, 1, length(name) - 1) "/"))
}

function judge_function(text,   name) {
    name = name_before_parenthesis(text)
    if (name == "" || name ~ /^~/ || name == title[depth] || text ~ /operator|= ?(default|delete)| override/) return
    if (text ~ ("::" name " ?\\(")) return  # defined here, declared and described in its class
    if (!documented && name != last_function) complain("function", name)
    last_function = name
}

# One statement up to its ';' or '{'.
function judge(text, opens,   body) {
    gsub(/[ \t]+/, " ", text); sub(/^ /, "", text); sub(/ $/, "", text)
    if (text == "" || !is_visible() || text ~ /^(friend|static_assert|namespace|extern "")/) return
    body = text
    sub(/^template ?<.*> ?/, "", body)
    if (body ~ /^(typedef (struct|union|enum) )/ && !opens) return
    if (body ~ /^using namespace/) return
    if (body ~ /^typedef .*\(\*/) judge_function(body)
    else if (body ~ /^(typedef|using) /) judge_type(body)
    else if (body ~ /^(class|struct|union|enum) / && opens) judge_type(body)
    else if (body ~ /^(class|struct|union|enum) [A-Za-z_0-9]+$/) return
    else if (index(body, "(") && body !~ /^[^(]*[^=<>!]=[^=]/) judge_function(body)
}

function open_scope(text,   body) {
    gsub(/[ \t]+/, " ", text); sub(/^ /, "", text); sub(/ $/, "", text)
    body = text
    sub(/^template ?<.*> ?/, "", body); sub(/^typedef /, "", body)
    depth++
    title[depth] = ""; access[depth] = "public"
    if (body ~ /^(inline )?namespace|^extern ""/) { kind[depth] = "namespace"; title[depth] = body }
    else if (body ~ /^(class|struct|union) /) {
        kind[depth] = "class"
        if (body ~ /^class /) access[depth] = "private"
        sub(/^[a-z]+ /, "", body); sub(/[ :].*$/, "", body)
        title[depth] = body
    } else kind[depth] = "body"
}

function take(code,   i, c) {
    for (i = 1; i <= length(code); i++) {
        c = substr(code, i, 1)
        if (statement ~ /^[ \t]*$/ && c !~ /[ \t]/) { first_line = FNR; documented = pending || has_comment }
        if (c == "(") parens++
        if (c == ")") parens--
        if (parens == 0 && c == ";") { judge(statement, 0); statement = "" }
        else if (parens == 0 && c == "{") { judge(statement, 1); open_scope(statement); statement = "" }
        else if (parens == 0 && c == "}") { if (depth) depth--; statement = "" }
        else if (parens == 0 && c == ":" && statement ~ /^[ \t]*(public|private|protected)$/) {
            gsub(/[ \t]/, "", statement); access[depth] = statement; statement = ""
        } else statement = statement c
    }
    if (statement !~ /^[ \t]*$/) { statement = statement " "; if (has_comment) documented = 1 }
}

function judge_macro(line,   name) {
    sub(/^[ \t]*#[ \t]*define[ \t]+/, "", line)
    name = line
    sub(/[^A-Za-z_0-9].*$/, "", name)
    first_line = FNR
    if (substr(line, length(name) + 1, 1) == "(" && !pending && !has_comment && name !~ /DETAIL/)
        complain("macro", name)
}

FNR == 1 { start_file() }
{
    code = code_of($0)
    if (in_opening && has_comment) { line = $0; gsub(/pf\./, "pf_", line); opening = opening " " line }
    else in_opening = 0
    if (in_macro) { in_macro = code ~ /\\$/; pending = 0; next }
    if (code ~ /^[ \t]*#/) {
        if (code ~ /^[ \t]*#[ \t]*define/) judge_macro(code)
        in_macro = code ~ /\\$/
        next
    }
    if (code ~ /^[ \t]*$/) { pending = has_comment; if (!has_comment) last_function = ""; next }
    if (code ~ /^[ \t]*PF_[A-Z_]+[ \t]*$/) { pending = 0; next }
    take(code)
    if (statement ~ /^[ \t]*$/) pending = 0
}
END { exit bad }
