// Document: a Json that modules read through the ABI's reader.
//
// Each document has a number, and values carry it. A value used after its document is gone reads
// as absent and is counted: that is how tests find a module that keeps values too long.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "prismforet/abi/reader.h"
#include "prismforet/cpp/text.hpp"
#include "prismforet/testing/json.hpp"

namespace pf::testing {

namespace detail {

// The documents alive in this process.
class LivingDocuments {
  public:
    static LivingDocuments& instance() {
        static LivingDocuments living;
        return living;
    }

    std::uint64_t enter(const Json* root) {
        const std::lock_guard lock(mutex_);
        roots_.emplace(++last_, root);
        return last_;
    }

    void leave(std::uint64_t number) {
        const std::lock_guard lock(mutex_);
        roots_.erase(number);
    }

    const Json* node(pf_val value) {
        if (value.doc == 0) return nullptr;
        const std::lock_guard lock(mutex_);
        if (roots_.contains(value.doc)) return reinterpret_cast<const Json*>(value.at);
        ++stale_reads;
        return nullptr;
    }

    std::atomic<std::uint64_t> stale_reads = 0;

  private:
    std::mutex mutex_;
    std::uint64_t last_ = 0;
    std::unordered_map<std::uint64_t, const Json*> roots_;
};

inline thread_local std::uint64_t odd_reads_of_thread = 0;

inline const Json* node_of(pf_val value) noexcept {
    return LivingDocuments::instance().node(value);
}

inline pf_val value_in(pf_val same_document, const Json* node) noexcept {
    return node == nullptr ? pf_val{0, 0}
                           : pf_val{same_document.doc, reinterpret_cast<std::uint64_t>(node)};
}

// Counts when a value that is there is asked for as something else than it is.
inline bool is_as_asked(const Json* node, bool fits) noexcept {
    if (node != nullptr && !fits && node->kind != PF_KIND_NULL) ++odd_reads_of_thread;
    return node != nullptr && fits;
}

inline bool is_container(const Json* node) noexcept {
    return node != nullptr && (node->kind == PF_KIND_ARRAY || node->kind == PF_KIND_OBJECT);
}

inline std::int32_t reader_kind(pf_val value) noexcept {
    const Json* node = node_of(value);
    return node == nullptr ? PF_KIND_ABSENT : node->kind;
}

inline pf_val reader_get(pf_val object, pf_str key) noexcept {
    const Json* node = node_of(object);
    if (!is_as_asked(node, node != nullptr && node->kind == PF_KIND_OBJECT)) return {0, 0};
    const Json& member = (*node)[to_view(key)];
    return value_in(object, member.kind == PF_KIND_ABSENT ? nullptr : &member);
}

inline pf_val reader_first(pf_val container) noexcept {
    const Json* node = node_of(container);
    const bool has_parts = is_as_asked(node, is_container(node)) && !node->children.empty();
    return value_in(container, has_parts ? &node->children[0] : nullptr);
}

inline pf_val reader_next(pf_val container, pf_val current) noexcept {
    const Json* node = node_of(container);
    const Json* next = node_of(current);
    if (!is_container(node) || next == nullptr || node->children.empty()) return {0, 0};
    return value_in(container, next == &node->children.back() ? nullptr : next + 1);
}

inline std::int32_t reader_key(pf_val object, pf_val member, pf_str* out) noexcept {
    const Json* node = node_of(object);
    const Json* child = node_of(member);
    if (node == nullptr || child == nullptr || node->kind != PF_KIND_OBJECT) return 0;
    *out = to_str(child->key);
    return 1;
}

inline std::int32_t reader_str(pf_val value, pf_str* out) noexcept {
    const Json* node = node_of(value);
    if (!is_as_asked(node, node != nullptr && node->kind == PF_KIND_STRING)) return 0;
    *out = to_str(node->text);
    return 1;
}

inline std::int32_t reader_i64(pf_val value, std::int64_t* out) noexcept {
    const Json* node = node_of(value);
    if (!is_as_asked(node, node != nullptr && node->kind == PF_KIND_INT)) return 0;
    *out = node->whole;
    return 1;
}

inline std::int32_t reader_f64(pf_val value, double* out) noexcept {
    const Json* node = node_of(value);
    const bool is_number =
        node != nullptr && (node->kind == PF_KIND_INT || node->kind == PF_KIND_FLOAT);
    if (!is_as_asked(node, is_number)) return 0;
    *out = node->number;
    return 1;
}

inline std::int32_t reader_boolean(pf_val value, std::int32_t* out) noexcept {
    const Json* node = node_of(value);
    if (!is_as_asked(node, node != nullptr && node->kind == PF_KIND_BOOL)) return 0;
    *out = node->truth ? 1 : 0;
    return 1;
}

}  // namespace detail

// The reader of Documents. [any]
inline const pf_reader* document_reader() noexcept {
    static constexpr pf_reader table{sizeof(pf_reader),     detail::reader_kind, detail::reader_get,
                                     detail::reader_first,  detail::reader_next, detail::reader_key,
                                     detail::reader_str,    detail::reader_i64,  detail::reader_f64,
                                     detail::reader_boolean};
    return &table;
}

// How often a value was used after its document was gone, in this process. [any]
inline std::uint64_t stale_reads() noexcept {
    return detail::LivingDocuments::instance().stale_reads;
}

// How often the calling thread asked a value that was there for another kind than it is: what the
// author expected and Prism did not send.
inline std::uint64_t odd_reads() noexcept { return detail::odd_reads_of_thread; }

class Document {
  public:
    // Takes a document; its values live as long as this object, which does not move.
    explicit Document(Json root)
        : root_(std::move(root)), number_(detail::LivingDocuments::instance().enter(&root_)) {}
    // Parses the text. Throws std::invalid_argument.
    explicit Document(std::string_view text) : Document(Json::parse(text)) {}
    ~Document() { detail::LivingDocuments::instance().leave(number_); }
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    // The document's root.
    const Json& json() const noexcept { return root_; }
    // The root for the reader.
    pf_val root() const noexcept { return value(root_); }
    // A node of this document for the reader; absent when its kind is absent.
    pf_val value(const Json& node) const noexcept {
        if (node.kind == PF_KIND_ABSENT) return {0, 0};
        return {number_, reinterpret_cast<std::uint64_t>(&node)};
    }

  private:
    Json root_;
    std::uint64_t number_;
};

// A copy of any value, read through the reader it belongs to. Absent becomes an absent Json.
inline Json to_json(const pf_reader& reader, pf_val value) {
    Json json = Json::empty(reader.kind(value));
    pf_str text{nullptr, 0};
    std::int32_t truth = 0;
    switch (json.kind) {
        case PF_KIND_BOOL:
            reader.boolean(value, &truth);
            json.truth = truth != 0;
            break;
        case PF_KIND_INT:
            reader.i64(value, &json.whole);
            json.number = static_cast<double>(json.whole);
            break;
        case PF_KIND_FLOAT:
            reader.f64(value, &json.number);
            break;
        case PF_KIND_STRING:
            reader.str(value, &text);
            json.text = to_view(text);
            break;
        case PF_KIND_ARRAY:
        case PF_KIND_OBJECT:
            for (pf_val at = reader.first(value); reader.kind(at) != PF_KIND_ABSENT;
                 at = reader.next(value, at)) {
                pf_str key{nullptr, 0};
                reader.key(value, at, &key);
                json.add(to_view(key), to_json(reader, at));
            }
            break;
        default:
            break;
    }
    return json;
}

}  // namespace pf::testing
