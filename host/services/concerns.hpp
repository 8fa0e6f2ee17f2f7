// Concerns: the tables a module has registered, each by the id of its concern.
#pragma once

#include <string_view>
#include <vector>

namespace pf::host::services {

// A table of a concern and the `self` to call it with; both null when the module has none.
template <class Table>
struct Registered {
    const Table* table = nullptr;
    void* self = nullptr;
    explicit operator bool() const noexcept { return table != nullptr; }
};

class Concerns {
  public:
    // `id` is static, such as PF_INVENTORY_ID; `table` is the type that belongs to it.
    void add(std::string_view id, const void* table, void* self) {
        entries_.push_back({id, table, self});
    }
    bool has(std::string_view id) const noexcept { return find(id) != nullptr; }
    // The table of concern `id`, which is of type Table.
    template <class Table>
    Registered<Table> get(std::string_view id) const noexcept {
        const Entry* const entry = find(id);
        return entry == nullptr
                   ? Registered<Table>()
                   : Registered<Table>{static_cast<const Table*>(entry->table), entry->self};
    }

  private:
    struct Entry {
        std::string_view id;
        const void* table = nullptr;
        void* self = nullptr;
    };
    const Entry* find(std::string_view id) const noexcept {
        for (const Entry& entry : entries_) {
            if (entry.id == id) {
                return &entry;
            }
        }
        return nullptr;
    }

    std::vector<Entry> entries_;
};

}  // namespace pf::host::services
