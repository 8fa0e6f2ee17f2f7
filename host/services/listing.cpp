#include "host/services/listing.hpp"

#include <algorithm>

#include "host/services/json_path.hpp"

namespace pf::host::services {
namespace {

constexpr int most_passes = 2;

}  // namespace

Listing::Listing(std::shared_ptr<prism::Target> target, std::optional<FormChoice> choice,
                 ListForm form, Stop stop, std::shared_ptr<prism::Meter> meter)
    : target_(std::move(target)),
      choice_(std::move(choice)),
      form_(std::move(form)),
      stop_(std::move(stop)),
      meter_(std::move(meter)) {}

Result<std::unique_ptr<Listing>> Listing::open(std::shared_ptr<prism::Target> target,
                                               const Endpoint& endpoint, prism::ApiWish wish,
                                               ListingScope scope, const Stop& stop,
                                               std::shared_ptr<prism::Meter> meter) {
    FormChoice choice(target, endpoint, wish, std::move(scope));
    auto form = choice.next(stop, *meter);
    if (!form) {
        return form.status();
    }
    std::unique_ptr<Listing> listing(new Listing(std::move(target), std::move(choice),
                                                 std::move(*form), stop, std::move(meter)));
    listing->start_pass();
    return listing;
}

std::unique_ptr<Listing> Listing::below_parent(std::shared_ptr<prism::Target> target, ListForm form,
                                               std::optional<Result<prism::Body>> first,
                                               const Stop& stop,
                                               std::shared_ptr<prism::Meter> meter) {
    std::unique_ptr<Listing> listing(
        new Listing(std::move(target), std::nullopt, std::move(form), stop, std::move(meter)));
    listing->given_ = std::move(first);
    listing->start_pass();
    return listing;
}

void Listing::start_pass() {
    ++passes_;
    pass_ = ListPass();
    has_given_ = given_.has_value();
    prism::Pages::MakeRequest make = form_.requests();
    if (has_given_) {
        make = [make](std::uint64_t index) { return make(index + 1); };
    }
    pages_ = std::make_unique<prism::Pages>(target_, std::move(make), stop_, *meter_);
    expect(1);
}

void Listing::expect(std::uint64_t count) {
    pages_->expect(has_given_ ? count - std::min<std::uint64_t>(count, 1) : count);
}

Result<prism::Body> Listing::next_body() {
    if (given_) {
        Result<prism::Body> first = std::move(*given_);
        given_.reset();
        return first;
    }
    return pages_->next();
}

Result<Listing::Page> Listing::fail(Status status) {
    is_over_ = true;
    return status;
}

// Whether the first page is asked for once more in another way; if not, `verdict` says what to
// report. Behind the first page nothing can turn out absent: the list is there and was cut.
bool Listing::has_another_form(const Status& failure, Status& verdict) {
    verdict = failure;
    if (!is_first_page()) {
        if (failure.code() == Code::not_found) {
            verdict = Status(Code::data_loss, "ERROR_PRISM_ANSWER",
                             "page " + std::to_string(pass_.pages()) +
                                 " of a list was not found: " + failure.message());
        }
        return false;
    }
    if (failure.code() == Code::invalid_argument && form_.is_ordered()) {
        form_.drop_order();
    } else if (failure.code() == Code::invalid_argument && form_.filters_cluster()) {
        form_.drop_filter();
    } else if (failure.code() == Code::not_found && choice_) {
        choice_->was_absent();
        auto next = choice_->next(stop_, *meter_);
        if (!next) {
            verdict = next.status();
            return false;
        }
        form_ = std::move(*next);
    } else {
        return false;
    }
    passes_ = 0;
    start_pass();
    return true;
}

// Everything counted is here, and a page was asked for to see whether there is more. Prism may say
// that there is no such page instead of an empty one.
bool Listing::is_refused_behind_the_end(const Status& failure) const {
    return pass_.has_all_counted() &&
           (failure.code() == Code::invalid_argument || failure.code() == Code::not_found);
}

Result<Listing::Page> Listing::next() {
    while (!is_over_) {
        if (body_.capacity() != 0) {
            pages_->recycle(std::move(body_));
            body_ = prism::Body();
        }
        if (!pass_.has_ended()) {
            auto body = next_body();
            if (body) {
                return take(std::move(*body));
            }
            if (body.status().code() != Code::out_of_range) {
                if (is_refused_behind_the_end(body.status())) {
                    pass_.end();
                    continue;
                }
                Status verdict;
                if (has_another_form(body.status(), verdict)) {
                    continue;
                }
                return fail(std::move(verdict));
            }
        }
        // Twice the same entities, as many as counted: Prism lists some of them twice, nothing
        // moved.
        const bool is_repeating =
            passes_ == most_passes && pass_.holds_all() && seen_.size() == pass_.different();
        is_complete_ = (pass_.is_steady() || is_repeating) && !is_truncated();
        if (is_complete_ || is_truncated() || passes_ == most_passes) {
            is_over_ = true;
            pages_.reset();
            break;
        }
        // What comes all at once by contract did not: the rest is to be had page by page.
        if (!form_.is_paged() && pass_.total() > pass_.different()) {
            form_.page_by(static_cast<std::uint32_t>(pass_.different()));
        }
        start_pass();
    }
    return Status(Code::out_of_range, "ERROR_NO_MORE_PAGES", "the list was read to its end");
}

Result<Listing::Page> Listing::take(prism::Body body) {
    body_ = std::move(body);
    const auto which = [this] { return "page " + std::to_string(pass_.pages()); };
    Page page;
    if (Status parsed = document_.parse_cleaned(body_.text(), page.replaced); !parsed.ok()) {
        return fail(parsed.within(which()));
    }
    page.root = document_.root();
    page.dialect = form_.dialect();
    auto items = form_.items(page.root, pass_.pages() == 0);
    if (!items) {
        return fail(items.status().within(which()));
    }
    page.items = *items;
    if (is_first_page() && choice_) {
        choice_->was_served();
    }
    account(page);
    page.entries = items_;
    if (const auto real = pass_.real_page_size(form_.page_size()); real && pass_.pages() == 1) {
        form_.settle_page_size(static_cast<std::uint32_t>(*real));
    }
    if (!pass_.has_ended()) {
        expect(expected_pages());
    }
    return page;
}

void Listing::account(const Page& answer) {
    const std::int64_t total = form_.total(answer.root);
    items_.clear();
    ids_.clear();
    if (is_first_page() && total > 0) {
        seen_.expect(static_cast<std::uint64_t>(total));
    }
    const bool is_single = form_.is_single();
    for (pf_val item = is_single ? answer.items : reader().first(answer.items); item.doc != 0;
         item = is_single ? pf_val{0, 0} : reader().next(answer.items, item)) {
        items_.push_back({item, true});
        ids_.push_back(text_at(item, form_.id_path()));
        seen_.prefetch(ids_.back());
    }
    PageCount page;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const std::string_view id = ids_[i];
        items_[i].is_new = id.empty() || seen_.insert(id);
        const bool is_fresh =
            passes_ == 1 ? items_[i].is_new : id.empty() || seen_again_.insert(id);
        page.fresh += is_fresh ? 1 : 0;
    }
    page.items = items_.size();
    page.is_truncated = form_.is_truncated(answer.root);
    if (total >= 0) {
        page.total = static_cast<std::uint64_t>(total);
    }
    pass_.add(page);
}

std::uint64_t Listing::expected_pages() const {
    return form_.is_paged() ? pass_.expected_pages(form_.page_size()) : 1;
}

std::string Listing::why_incomplete() const {
    if (is_complete_) {
        return {};
    }
    return is_truncated() ? "Prism Central cut it after " + std::to_string(pass_.different()) +
                                " and says so (isTruncated)"
                          : pass_.in_words() + "; read " + std::to_string(passes_) + " times";
}

}  // namespace pf::host::services
