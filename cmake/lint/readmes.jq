# The generated parts of a module's README, each between its two marker lines; readmes.sh puts them in. Takes
# $descriptor, $sample (the text of sample.yaml) and, as inputs, console/<kind>.json. A part that has nothing to
# show says so.

def code: "`\(.)`";
def cell: tostring | gsub("\\|"; "\\|") | gsub("\n"; " ");
def row: reduce .[] as $cell ("|"; . + (if $cell == "" then "" else " \($cell | cell)" end) + " |");
def table($titles): [($titles | row), "|" + ($titles | map("---|") | add)] + map(row) | join("\n");
def table_or($titles; $none): if length == 0 then $none else table($titles) end;
def list: map(code) | join(", ");
# Rows of one kind: only the first names it.
def once($kind): to_entries | map([(if .key == 0 then $kind | code else "" end)] + .value);
def part($name): "<!-- generated: \($name) -->\n\(.)\n<!-- end: \($name) -->";

def v4: if . then "\(.namespace | code) \(.path | code)" else "" end;
# All columnar queries of v3 have one path: what tells them apart is the kind.
def v3: if . == null then "" elif .path == "groups" then "`groups` of \(.kind | code)" else .path | code end;

$descriptor[0] as $made
| ([inputs | {key: (input_filename | sub("^.*/"; "") | rtrimstr(".json")), value: .}] | from_entries) as $consoles
| ($made.endpoints | map({key: .name, value: .}) | from_entries) as $endpoints
| ($made.lookups // [] | map({key: .name, value: .endpoint}) | from_entries) as $lookups
| [$made.outputs[] | {output: ., console: (.console // $consoles[.kind] // {})}] as $kinds

# What the descriptor names a list for; what it names for nothing, handlers open for one entity.
| def purpose: .name as $name
    | ([$made.outputs[] | select(.endpoint == $name) | .kind]) as $listed
    | ([$made.outputs[] | select(any(.lookups[]?; $lookups[.] == $name)) | .kind]) as $named
    | [if $listed != [] then $listed | list else empty end,
       if $named == [] then empty
       elif ($named | length) > 1 and ($named | length) == ($kinds | length) then "look-ups of all kinds"
       else "look-ups of \($named | list)" end,
       if $listed + $named == [] then "details" else empty end] | join("; ");

  def status: "Version \($made.version) · \($made.stability) · \($made.concerns | list)";

  def kinds: [$kinds[].output | $endpoints[.endpoint] as $endpoint
      | [(.kind | code) + (if .default == false then " (only when `kinds` names it)" else "" end), .title,
         "\(.group) / \(.type)" + (if .is_primary then ", primary" else "" end),
         ($endpoint.v4 | v4), ($endpoint.v3 | v3), (.lookups // [] | list)]]
    | table_or(["kind", "title", "CloudForet type", "v4", "v3", "look-ups"]; "None.");

  def columns: [$kinds[] | .output.kind as $kind
      | [.console.table.fields[]?
         | [.name // .key, (.key | code),
            (.type // "text") + (if .options.is_optional then ", on request" else "" end)]]
      | once($kind)[]]
    | table_or(["kind", "column", "key", "shown as"]; "None: the console shows names.")
    | "Columns in the console, and for `--columns`, `--sort-by` and `--filter`:\n\n" + .;

  def metrics: [$kinds[] | .output.kind as $kind
      | [.console.metrics[]?
         | [.name, .unit // "",
            .value.operator + (if .value.key then " of \(.value.key | code)" else "" end)
                + (if .date_field then " by \(.date_field | code)" else "" end),
            ([.group_by[]?.name] | join(", "))]]
      | once($kind)[]]
    | table_or(["kind", "metric", "unit", "value", "grouped by"]; "None.")
    | "Metrics that CloudForet counts from the rows:\n\n" + .;

  def lists: [$made.endpoints[] | [(.v4 | v4), (.v3 | v3), .role, purpose]]
    | table_or(["v4", "v3", "role", "declared for"]; "Nothing.")
    | "All it reads:\n\n" + .;

  def options: [$made.config_schema.properties // {} | to_entries[]
      | [(.key | code), (.value.type // "" | if type == "array" then join(" or ") else . end),
         (if .value | has("default") then .value.default | tojson | code else "" end),
         .value.description // ""]]
    | table_or(["option", "type", "default", "meaning"]; "The module has no options of its own.");

  def configuration: "```yaml\n\($sample | rtrimstr("\n"))\n```\n\n\(options)";

(status | part("status")), (kinds | part("kinds")), (columns | part("columns")), (metrics | part("metrics")),
(lists | part("lists")), (configuration | part("configuration"))
