#include "vm_reference.hpp"

namespace vm {

void write_reference(pf::Row& row, pf::Object& data, std::string_view key,
                     const Reference& reference, const NameTable& names) {
    if (names.hides(reference)) return row.unknown(key);
    if (reference.uuid.empty()) return;
    pf::Object out = data.object(key);
    out.put("uuid", reference.uuid);
    out.text("name", names.name_of(reference));
}

}  // namespace vm
