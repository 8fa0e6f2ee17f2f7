#include "host/cli/known_kinds.hpp"

namespace pf::host::cli {

KnownKinds kinds_of(const runtime::Modules& modules) {
    KnownKinds kinds;
    for (const runtime::Modules::Kind& one : modules.kinds()) {
        const services::Output& known = one.description();
        kinds[{known.group, known.type}] = {known.kind, known.title,
                                            read_view(known.view_metadata)};
    }
    return kinds;
}

KnownKind kind_of(const KnownKinds& kinds, const std::string& group, const std::string& type) {
    const auto found = kinds.find({group, type});
    return found != kinds.end() ? found->second : KnownKind{type, group + "/" + type, {}};
}

}  // namespace pf::host::cli
