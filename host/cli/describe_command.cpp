#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/cli/collection.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/description.hpp"
#include "host/cli/row_flags.hpp"
#include "host/cli/row_forms.hpp"

namespace pf::host::cli {
namespace {

enum class Form { text, json, yaml };

struct DescribeFlags {
    ScopeFlags scope;
    std::vector<std::string> names;
    Form form = Form::text;
    std::string out;
    bool is_utc = false;
};

std::unique_ptr<RowWriter> writer_for(const DescribeFlags& flags, const Session& session,
                                      RunSetup& run, Output& output) {
    if (flags.form == Form::json) {
        return make_json_rows(output);
    }
    if (flags.form == Form::yaml) {
        return make_yaml_rows(output);
    }
    return make_description(kinds_of(run.application.modules()), look_of(session, flags.out),
                            flags.is_utc, output);
}

int describe(Session& session, const DescribeFlags& flags) {
    auto setup = RunSetup::make(session, flags.scope);
    if (!setup) {
        return session.fail(setup.status());
    }
    auto output = Output::open(flags.out);
    if (!output) {
        return session.fail(output.status());
    }
    const auto writer = writer_for(flags, session, **setup, **output);
    return collect_rows(session, **setup, {*writer, **output, flags.names, 0, false, {}, {}});
}

}  // namespace

void add_describe(CLI::App& root, Session& session) {
    CLI::App* const command =
        root.add_subcommand("describe", "Tell everything about resources with a name or an id");
    auto flags = std::make_shared<DescribeFlags>();
    static const std::map<std::string, Form> forms = {
        {"text", Form::text}, {"json", Form::json}, {"yaml", Form::yaml}};
    command
        ->add_option_function<std::string>(
            "KIND", [flags](const std::string& word) { flags->scope.kinds = {word}; },
            "The kind, e.g. vm")
        ->required();
    command->add_option("NAME", flags->names, "Names or ids")->required();
    add_scope_flags(*command, flags->scope);
    command->add_option("-o,--output", flags->form, "text, json or yaml")
        ->transform(CLI::CheckedTransformer(forms, CLI::ignore_case).description(""))
        ->type_name("FORM");
    command->add_option("--out", flags->out, "Write to a file, which appears when it is whole")
        ->type_name("FILE");
    command->add_flag("--utc", flags->is_utc, "Times in UTC instead of local time");
    command->callback([&session, flags] {
        session.action = [&session, flags] { return describe(session, *flags); };
    });
}

}  // namespace pf::host::cli
