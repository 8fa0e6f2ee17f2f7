#include "host/cli/console/html_style.hpp"

namespace pf::host::cli {

// Every colour of a word has a contrast of at least 4.5 to its background.
std::string_view html_style() noexcept {
    return R"(:root { color-scheme: light dark;
  --page: #f6f7f9; --paper: #ffffff; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de;
  --gray: #57606a; --red: #b3261e; --coral: #a8431a; --yellow: #7a5b00; --green: #1a6e35;
  --blue: #0b5cad; --violet: #7335b5; --peacock: #0b6b75; --indigo: #4046b8; }
@media (prefers-color-scheme: dark) { :root {
  --page: #0f1318; --paper: #171c22; --ink: #e6eaef; --quiet: #9aa6b2; --line: #39424c;
  --gray: #a7b1bb; --red: #ff8a80; --coral: #ffa07a; --yellow: #e8c14d; --green: #6fd08c;
  --blue: #79b8ff; --violet: #cba6f7; --peacock: #66d0dc; --indigo: #aab2ff; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem; background: var(--page); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; }
article + article { margin-top: 3rem; }
header p { margin: 0; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; overflow-wrap: anywhere; }
h2 { margin: 0 0 .6rem; font-size: 1.1rem; }
h3 { margin: 1rem 0 .4rem; font-size: .95rem; }
a { color: var(--blue); }
section { margin-top: 1rem; padding: 1rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: 6px; }
aside { max-width: 76rem; margin: 0 auto 1rem; padding: .8rem 1rem; background: var(--paper);
  border: 2px solid var(--red); border-radius: 6px; }
nav ul { display: flex; flex-wrap: wrap; gap: .4rem 1rem; margin: 1rem 0 0; padding: 0;
  list-style: none; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .35rem .7rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; }
td { overflow-wrap: anywhere; min-width: 4rem; }
.wide td { overflow-wrap: break-word; }
tbody th { color: var(--quiet); width: 14rem; }
.number { text-align: right; white-space: nowrap; }
.none { color: var(--quiet); font-weight: 400; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; }
.badge, .tag { display: inline-block; padding: 0 .45rem; border: 1px solid currentColor;
  border-radius: 4px; font-size: .9em; }
.state { color: var(--ink); white-space: nowrap; }
.state::before { content: "\25CF"; margin-right: .35rem; color: var(--hue, var(--quiet)); }
.gray { --hue: var(--gray); } .red { --hue: var(--red); } .coral { --hue: var(--coral); }
.yellow { --hue: var(--yellow); } .green { --hue: var(--green); } .blue { --hue: var(--blue); }
.violet { --hue: var(--violet); } .peacock { --hue: var(--peacock); }
.indigo { --hue: var(--indigo); } .black, .white, .plain { --hue: var(--ink); }
.badge { color: var(--hue, var(--ink)); }
@media print { body { background: none; padding: 0; } section { break-inside: avoid; }
  nav { display: none; } }
)";
}

}  // namespace pf::host::cli
