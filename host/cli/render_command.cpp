#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/cli/bounded_json.hpp"
#include "host/cli/collection.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/console/html_drawer.hpp"
#include "host/cli/console/member.hpp"
#include "host/cli/console/picture.hpp"
#include "host/cli/console/terminal_drawer.hpp"
#include "host/cli/known_kinds.hpp"
#include "host/cli/resource_json.hpp"
#include "host/cli/row_flags.hpp"

namespace pf::host::cli {
namespace {

struct RenderFlags {
    ScopeFlags scope;
    std::vector<std::string> names;
    std::string html;
    bool is_utc = false;
};

// What is missing of the run that `summary` is about.
std::vector<std::string> reasons_of(std::string_view summary) {
    std::vector<std::string> reasons;
    const nlohmann::ordered_json all = parse_bounded(summary);
    const auto* const list = member(all, "reasons");
    for (std::size_t i = 0; list != nullptr && list->is_array() && i < list->size(); ++i) {
        if ((*list)[i].is_string()) {
            reasons.push_back((*list)[i].get<std::string>());
        }
    }
    return reasons;
}

// Draws on a terminal as resources arrive; a page is written at the end, as it begins with what is
// missing.
class Pictures final : public RowWriter {
  public:
    Pictures(KnownKinds kinds, TableLook look, bool is_html, bool is_utc, Output& output)
        : kinds_(std::move(kinds)),
          look_(look),
          is_html_(is_html),
          is_utc_(is_utc),
          output_(output) {}

    Status put(std::string_view text) override {
        const nlohmann::ordered_json resource = parse_resource(text);
        const Identity identity = identity_of(resource);
        const KnownKind kind = kind_of(kinds_, identity.group, identity.type);
        Picture picture = make_picture(kind.title, kind.view, resource, is_utc_);
        if (is_html_) {
            pictures_.push_back(std::move(picture));
        } else {
            output_.write((is_first_ ? "" : "\n") + draw_on_terminal(picture, look_));
            is_first_ = false;
        }
        return Status();
    }

    Status finish(std::string_view summary) override {
        // A page about nothing would look like an answer.
        if (is_html_ && !pictures_.empty()) {
            output_.write(draw_as_html(pictures_, reasons_of(summary)));
        }
        return Status();
    }

  private:
    KnownKinds kinds_;
    TableLook look_;
    bool is_html_;
    bool is_utc_;
    Output& output_;
    std::vector<Picture> pictures_;
    bool is_first_ = true;
};

void tell_odd(const Session& session, const KnownKinds& kinds, const std::string& wanted) {
    for (const auto& [place, kind] : kinds) {
        if (kind.kind == wanted) {
            for (const std::string& odd : kind.view.odd) {
                session.warn("metadata of " + kind.kind + ": " + odd);
            }
        }
    }
}

int render(Session& session, const RenderFlags& flags) {
    auto setup = RunSetup::make(session, flags.scope);
    if (!setup) {
        return session.fail(setup.status());
    }
    KnownKinds kinds = kinds_of((*setup)->application.modules());
    tell_odd(session, kinds, flags.scope.kinds.front());
    auto output = Output::open(flags.html);
    if (!output) {
        return session.fail(output.status());
    }
    Pictures writer(std::move(kinds), look_of(session, flags.html), !flags.html.empty(),
                    flags.is_utc, **output);
    return collect_rows(session, **setup, {writer, **output, flags.names, 0, false, {}, {}});
}

}  // namespace

void add_render(CLI::App& root, Session& session) {
    CLI::App* const command = root.add_subcommand(
        "render", "Draw resources as the console shows them: their row and every tab");
    auto flags = std::make_shared<RenderFlags>();
    command
        ->add_option_function<std::string>(
            "KIND", [flags](const std::string& word) { flags->scope.kinds = {word}; },
            "The kind, e.g. vm")
        ->required();
    command->add_option("NAME", flags->names, "Names or ids")->required();
    add_scope_flags(*command, flags->scope);
    command
        ->add_option("--html", flags->html,
                     "Write one HTML page that needs no other file; - is standard output")
        ->type_name("FILE");
    command->add_flag("--utc", flags->is_utc, "Times in UTC instead of local time");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return render(session, *flags); };
    });
}

}  // namespace pf::host::cli
