// List: the entities of one endpoint, all pages as one range.
//
//   for (pf::Value vm : call.list(vms, {.cluster = cluster})) ...
//
// An entity lives until its page is left, so do not keep values beyond the loop's body.
#pragma once

#include <cstddef>
#include <iterator>
#include <string_view>

#include "prismforet/abi/list.h"
#include "prismforet/cpp/session.hpp"
#include "prismforet/cpp/value.hpp"

namespace pf {

// How to restrict a list.
struct ListOptions {
    std::string_view cluster = {};  // only entities of this cluster (its UUID); empty = all
    std::uint32_t page_size = 0;    // 0 = the host's choice
};

class List {
  public:
    // Opens the listing; authors use Call::list. Throws Failure.
    List(detail::Session& session, std::uint32_t endpoint, const ListOptions& options)
        : session_(session) {
        const pf_list_request request{sizeof(pf_list_request), endpoint, to_str(options.cluster),
                                      options.page_size,       0,        {nullptr, 0}};
        const pf_status status = session.host->lists->open(session.call, &request, &list_);
        if (status != PF_OK) throw Failure(status);
    }
    List(const List&) = delete;
    List& operator=(const List&) = delete;

    // Input iterator over the entities.
    class Iterator {
      public:
        using value_type = Value;
        using difference_type = std::ptrdiff_t;

        // Stands on the current entity of `list`.
        explicit Iterator(List* list) noexcept : list_(list) {}
        // The entity.
        Value operator*() const noexcept { return list_->current_; }
        // Steps to the next entity; may wait for a page. Throws Failure.
        Iterator& operator++() {
            list_->step();
            return *this;
        }
        // Steps to the next entity; may wait for a page. Throws Failure.
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator& at, std::default_sentinel_t) noexcept {
            return (*at).is_absent();
        }

      private:
        List* list_;
    };

    // Reads up to the first entity; call it once. Throws Failure when the list is cut short.
    Iterator begin() {
        read_page();
        return Iterator(this);
    }
    // The end: everything was read.
    std::default_sentinel_t end() const noexcept { return {}; }

    // 4 or 3: the generation of Prism's API whose field names the current entity has.
    int dialect() const noexcept { return page_.dialect; }
    // All entities of the page the current one is on.
    Value page() const noexcept { return {session_.host->reader, page_.items}; }
    // The current entity is the first on its page: time to say what will be asked about the page's.
    bool is_first_on_page() const noexcept { return is_first_on_page_; }
    // The whole answer the current entity came in.
    Value root() const noexcept { return {session_.host->reader, page_.root}; }

  private:
    void step() {
        session_.check();
        const pf_reader* reader = session_.host->reader;
        current_ = Value{reader, reader->next(page_.items, current_.raw())};
        is_first_on_page_ = false;
        if (current_.is_absent()) read_page();
    }

    void read_page() {
        do {
            page_.struct_size = sizeof(pf_page);
            const pf_status status = session_.host->lists->next(session_.call, list_, &page_);
            current_ = Value{};
            if (status == PF_OUT_OF_RANGE) return;
            if (status != PF_OK) throw Failure(status);
            current_ = Value{session_.host->reader, page_.items}.first();
        } while (current_.is_absent());
        is_first_on_page_ = true;
    }

    detail::Session& session_;
    pf_list* list_ = nullptr;
    pf_page page_{sizeof(pf_page), 0, {0, 0}, {0, 0}};
    Value current_;
    bool is_first_on_page_ = false;
};

}  // namespace pf
