// Items that name others, whose ids CloudForet makes: until they are known, a document has a
// reference in their place, as spacectl writes the output of an earlier task.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pf::host::cloudforet {

// "${{ tasks.cost_data_source.output.data_source_id }}"
std::string reference_to(std::string_view task, std::string_view member);

// Ids by reference.
using KnownIds = std::map<std::string, std::string, std::less<>>;

// A document with the ids that are known instead of references to them.
std::string resolved(std::string document, const KnownIds& ids);
// True when a document refers to something that has no id yet.
bool has_reference(std::string_view document) noexcept;

}  // namespace pf::host::cloudforet
