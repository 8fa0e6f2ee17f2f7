# Just enough JSON for the demo, which runs where there is no jq.
#   mode=string   the whole input as one JSON string, without the last line break
#   mode=tasks    the task_options of every task in an answer of Job.get_tasks, one per line

{ text = text (NR > 1 ? "\n" : "") $0 }

END {
    if (mode == "string") print quoted(text)
    else print_tasks(compact(text))
}

function quoted(value,   out, i, c) {
    out = ""
    for (i = 1; i <= length(value); i++) {
        c = substr(value, i, 1)
        if (c == "\"" || c == "\\") c = "\\" c
        else if (c == "\n") c = "\\n"
        else if (c == "\r") c = "\\r"
        else if (c == "\t") c = "\\t"
        out = out c
    }
    return "\"" out "\""
}

# Without the white space between tokens.
function compact(value,   out, i, c, inside) {
    out = ""; inside = 0
    for (i = 1; i <= length(value); i++) {
        c = substr(value, i, 1)
        if (inside && c == "\\") { out = out c substr(value, ++i, 1); continue }
        if (c == "\"") inside = !inside
        if (inside || c !~ /[ \t\r\n]/) out = out c
    }
    return out
}

# The length of the object at the beginning of value.
function object_length(value,   i, c, depth, inside) {
    depth = inside = 0
    for (i = 1; i <= length(value); i++) {
        c = substr(value, i, 1)
        if (inside && c == "\\") { i++; continue }
        if (c == "\"") inside = !inside
        if (inside) continue
        if (c == "{") depth++
        if (c == "}" && --depth == 0) return i
    }
    return 0
}

function print_tasks(value,   n) {
    while (match(value, /"(task_options|taskOptions)":\{/)) {
        value = substr(value, RSTART + RLENGTH - 1)
        n = object_length(value)
        if (n == 0) exit 1
        print substr(value, 1, n)
        value = substr(value, n + 1)
    }
}
