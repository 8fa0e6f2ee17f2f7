// Row: one resource on its way to CloudForet.
//
//   pf::Row row = call.begin(output, vm, id);
//   row.name(vm["name"].str());
//   auto data = row.data();
//
// The row is committed when it goes out of scope, and discarded when an exception is under way.
// Each part at most once, in any order; close tags() and data() (end their scope) before the next.
#pragma once

#include <exception>
#include <string_view>

#include "prismforet/abi/writer.h"
#include "prismforet/cpp/failure.hpp"
#include "prismforet/cpp/session.hpp"
#include "prismforet/cpp/writer.hpp"

namespace pf {

class Row {
  public:
    // Opens a record; authors use Call::begin.
    Row(detail::Session& session, std::uint32_t output, Value entity, std::string_view id) noexcept
        : session_(session),
          pen_{session.host->writer, session.call},
          exceptions_(std::uncaught_exceptions()) {
        pen_.writer->begin(pen_.call, output, entity.raw(), to_str(id));
    }

    // Commits an open row, or discards it while an exception unwinds. A commit that ends the call
    // is remembered: the next step of a list throws it, and the handler ends with it.
    ~Row() {
        if (!is_open_) return;
        if (std::uncaught_exceptions() > exceptions_) {
            pen_.writer->abort(pen_.call);
        } else {
            session_.remember(pen_.writer->end(pen_.call));
        }
    }
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;

    // The resource's name. An empty text is left out, here and below.
    void name(std::string_view text) { put_text("name", text); }
    // The region's code, e.g. a cluster's UUID.
    void region(std::string_view code) { put_text("region", code); }
    // The size class for people, e.g. "4 vCPU / 16 GB".
    void instance_type(std::string_view text) { put_text("instance_type", text); }
    // The size as a number, e.g. vCPUs.
    void instance_size(double number) {
        pen_.key("instance_size");
        pen_.scalar(number);
    }
    // Where a browser finds the resource: a URL, or a path on Prism that begins with "/".
    void link(std::string_view url) { put_text("link", url); }

    // All addresses: a range of texts. Write an empty range when it is known that there is none.
    template <class Range>
    void ip_addresses(const Range& addresses) {
        pen_.key("ip_addresses");
        Array array(pen_);
        for (const auto& address : addresses) array.add(std::string_view(address));
    }

    // Opens the tags: a flat object of texts. Do not open it when they could not be found out.
    Object tags() {
        pen_.key("tags");
        return Object(pen_);
    }

    // Opens the data. Its keys are those of the descriptor's output; keys not written go out in
    // their empty form.
    Object data() {
        pen_.key("data");
        return Object(pen_);
    }

    // `data_key` could not be found out: CloudForet keeps what it has. Before data() is closed.
    void unknown(std::string_view data_key) noexcept {
        pen_.writer->unknown(pen_.call, to_str(data_key));
    }

    // Commits now; may wait for the receiver. True: it is out. False: the host refused it and has
    // told why. Throws Failure when the call must end.
    bool commit() {
        if (!is_open_) return false;
        is_open_ = false;
        const pf_status status = pen_.writer->end(pen_.call);
        session_.remember(status);
        session_.check();
        return status == PF_OK;
    }

    // Discards the row; its entity stays unsettled: say skip or filtered for it.
    void abort() noexcept {
        if (is_open_) pen_.writer->abort(pen_.call);
        is_open_ = false;
    }

  private:
    void put_text(std::string_view key, std::string_view text) {
        if (text.empty()) return;
        pen_.key(key);
        pen_.scalar(text);
    }

    detail::Session& session_;
    detail::Pen pen_;
    int exceptions_;
    bool is_open_ = true;
};

}  // namespace pf
