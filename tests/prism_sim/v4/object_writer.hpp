#pragma once
// JSON of the v4 API: every object names its $objectType and carries $reserved.
// The revision ("v4.r3") is the one of the namespace version asked for; common types have their
// own.

#include <string_view>

#include "tests/prism_sim/json/json_writer.hpp"

namespace pf::sim {

class ObjectWriter : public JsonWriter {
  public:
    /// `minor` is the n of /v4.n/; a beta version adds its suffix to the revision.
    ObjectWriter(TextBuffer& out, int minor, std::string_view beta = {})
        : JsonWriter(out), minor_(minor) {
        char* at = copy(revision_, "v4.r");
        at = std::to_chars(at, revision_ + 8, minor).ptr;
        at += beta.copy(at, 6);
        revision_size_ = static_cast<std::size_t>(at - revision_);
    }

    /// True when the version asked for has fields introduced with 4.`minor`.
    [[nodiscard]] bool since(int minor) const { return minor_ >= minor; }
    [[nodiscard]] std::string_view revision() const { return {revision_, revision_size_}; }

    template <std::size_t K, std::size_t T>
    void open(const char (&key)[K], const char (&type)[T]) {
        own(name(key, T + 64), type);
    }
    template <std::size_t T>
    void open_item(const char (&type)[T]) {
        own(comma(buffer().room(T + 64)), type);
    }
    /// Objects of the common namespace.
    template <std::size_t K, std::size_t T>
    void open_common(const char (&key)[K], const char (&type)[T]) {
        common(name(key, T + 64), type);
    }
    template <std::size_t T>
    void open_common_item(const char (&type)[T]) {
        common(comma(buffer().room(T + 64)), type);
    }
    /// `"$objectType":...,"$reserved":{...}` of an object that is already open.
    void stamp(std::string_view type) {
        plain("$objectType", type);
        JsonWriter::open("$reserved");
        plain("$fv", revision());
        close();
    }
    void stamp_common(std::string_view type) {
        plain("$objectType", type);
        JsonWriter::open("$reserved");
        plain("$fv", "v1.r0");
        close();
    }
    using JsonWriter::open;
    using JsonWriter::open_item;

  private:
    template <std::size_t T>
    void own(char* at, const char (&type)[T]) {
        at = copy(at, "{\"$objectType\":\"");
        at = copy(at, type);
        at = copy(at, "\",\"$reserved\":{\"$fv\":\"");
        std::memcpy(at, revision_, sizeof revision_);
        at += revision_size_;
        buffer().commit(copy(at, "\"}"));
    }
    template <std::size_t T>
    void common(char* at, const char (&type)[T]) {
        at = copy(at, "{\"$objectType\":\"");
        at = copy(at, type);
        buffer().commit(copy(at, "\",\"$reserved\":{\"$fv\":\"v1.r0\"}"));
    }

    char revision_[16] = {};
    std::size_t revision_size_ = 0;
    int minor_;
};

}  // namespace pf::sim
