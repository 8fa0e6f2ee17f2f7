#include "host/services/listing.hpp"

#include "host/services/json_path.hpp"

namespace pf::host::services {
namespace {

// More is a validation error (Prism API, section 3.1).
constexpr std::uint32_t largest_page_v4 = 100;
constexpr int most_passes = 2;
constexpr std::uint64_t most_idle_pages = 2;

std::string percent_encoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        const bool is_plain = (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
                              (code >= 'A' && code <= 'Z') || code == '-' || code == '_' ||
                              code == '.' || code == '~';
        if (is_plain) {
            out += byte;
        } else {
            out += '%';
            out += digits[code >> 4];
            out += digits[code & 15];
        }
    }
    return out;
}

std::string filter_for(const EndpointV4& endpoint, const std::string& cluster) {
    std::string filter = endpoint.cluster_filter;
    const std::string mark = "{cluster}";
    if (const auto at = filter.find(mark); at != std::string::npos) {
        filter.replace(at, mark.size(), cluster);
    }
    return filter;
}

bool flag_is_set(pf_val root, std::string_view name) {
    const pf_val flags = value_at(root, {"metadata", "flags"});
    for (pf_val flag = reader().first(flags); flag.doc != 0; flag = reader().next(flags, flag)) {
        int32_t truth = 0;
        reader().boolean(reader().get(flag, to_pf("value")), &truth);
        if (truth == 1 && text_at(flag, {"name"}) == name) {
            return true;
        }
    }
    return false;
}

}  // namespace

Listing::Listing(std::shared_ptr<prism::Target> target, Stop stop,
                 std::shared_ptr<prism::Meter> meter)
    : target_(std::move(target)), stop_(std::move(stop)), meter_(std::move(meter)) {}

Result<std::unique_ptr<Listing>> Listing::open(std::shared_ptr<prism::Target> target,
                                               const Endpoint& endpoint, ListingScope scope,
                                               const Stop& stop,
                                               std::shared_ptr<prism::Meter> meter) {
    if (!endpoint.v4) {
        return Status(Code::not_found, "ERROR_PRISM_API_ABSENT",
                      "endpoint " + endpoint.name + " has no form this Prism Central serves");
    }
    const EndpointV4& v4 = *endpoint.v4;
    if (!scope.cluster.empty() && v4.cluster_filter.empty()) {
        return Status(
            Code::invalid_argument, "ERROR_MODULE_REQUEST",
            "endpoint " + endpoint.name +
                " cannot be restricted to a cluster: its descriptor has no cluster_filter");
    }
    auto version = target->version(v4.api_namespace, stop, *meter);
    if (!version) {
        return version.status().within(endpoint.name);
    }
    std::unique_ptr<Listing> listing(new Listing(target, stop, std::move(meter)));
    listing->id_path_ = v4.id;
    listing->cluster_path_ = v4.cluster;
    listing->is_paged_ = v4.is_paged;
    if (scope.page_size > 0 && scope.page_size < largest_page_v4) {
        listing->page_size_ = scope.page_size;
    }
    std::string base = "/api/" + v4.api_namespace + "/" + *version + "/" + v4.path;
    std::string tail;
    if (!scope.cluster.empty()) {
        tail += "&%24filter=" + percent_encoded(filter_for(v4, scope.cluster));
    }
    if (!v4.order_by.empty()) {
        tail += "&%24orderby=" + percent_encoded(v4.order_by);
    }
    listing->make_ = [base, tail, is_paged = v4.is_paged,
                      size = listing->page_size_](std::uint64_t index) {
        prism::Request request;
        request.path = base;
        if (is_paged) {
            request.path +=
                "?%24page=" + std::to_string(index) + "&%24limit=" + std::to_string(size) + tail;
        }
        return request;
    };
    listing->start_pass();
    return listing;
}

void Listing::start_pass() {
    ++passes_;
    pass_ = Pass{};
    pages_ = std::make_unique<prism::Pages>(target_, make_, stop_, *meter_);
    pages_->expect(1);
}

Result<Listing::Page> Listing::next() {
    while (!is_over_) {
        if (body_.capacity() != 0) {
            pages_->recycle(std::move(body_));
            body_ = prism::Body();
        }
        if (!pass_.has_ended) {
            auto body = pages_->next();
            if (body) {
                return take(std::move(*body));
            }
            if (body.status().code() != Code::out_of_range) {
                is_over_ = true;
                return body.status();
            }
        }
        is_complete_ = is_steady();
        if (is_complete_ || passes_ == most_passes) {
            is_over_ = true;
            pages_.reset();
            break;
        }
        start_pass();
    }
    return Status(Code::out_of_range, "ERROR_NO_MORE_PAGES", "the list was read to its end");
}

Result<Listing::Page> Listing::take(prism::Body body) {
    body_ = std::move(body);
    if (Status parsed = document_.parse_padded(body_.text()); !parsed.ok()) {
        is_over_ = true;
        return parsed.within("page " + std::to_string(pass_.pages));
    }
    Page page;
    page.root = document_.root();
    page.items = reader().get(page.root, to_pf("data"));
    const int32_t kind = reader().kind(page.items);
    if (reader().kind(page.root) != PF_KIND_OBJECT ||
        (kind != PF_KIND_ARRAY && kind != PF_KIND_ABSENT && kind != PF_KIND_NULL) ||
        flag_is_set(page.root, "hasError")) {
        is_over_ = true;
        return Status(Code::data_loss, "ERROR_PRISM_ANSWER",
                      "page " + std::to_string(pass_.pages) +
                          " is no list answer: it has no array `data` or says hasError");
    }
    int64_t total = 0;
    has_total_ =
        reader().i64(value_at(page.root, {"metadata", "totalAvailableResults"}), &total) == 1 &&
        total >= 0;
    total_ = has_total_ ? static_cast<std::uint64_t>(total) : 0;
    account(page.items);
    page.entries = items_;
    if (!pass_.has_ended) {
        pages_->expect(expected_pages());
    }
    return page;
}

void Listing::account(pf_val items) {
    items_.clear();
    std::uint64_t fresh = 0;
    ids_.clear();
    if (pass_.pages == 0 && passes_ == 1) {
        seen_.expect(total_);
    }
    for (pf_val item = reader().first(items); item.doc != 0; item = reader().next(items, item)) {
        items_.push_back({item, true});
        ids_.push_back(text_at(item, id_path_));
        seen_.prefetch(ids_.back());
    }
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const std::string_view id = ids_[i];
        items_[i].is_new = id.empty() || seen_.insert(id);
        const bool is_fresh =
            passes_ == 1 ? items_[i].is_new : id.empty() || seen_again_.insert(id);
        fresh += is_fresh ? 1 : 0;
    }
    const std::uint64_t count = items_.size();
    if (pass_.pages == 0) {
        pass_.first_total = total_;
        pass_.page_items = count;
    }
    pass_.total_changed = pass_.total_changed || total_ != pass_.first_total;
    pass_.items += count;
    pass_.different += fresh;
    pass_.idle_pages = fresh == 0 ? pass_.idle_pages + 1 : 0;
    ++pass_.pages;
    // An empty page is the end. Pages that bring nothing new would come for ever.
    pass_.has_ended = count == 0 || pass_.idle_pages >= most_idle_pages;
}

std::uint64_t Listing::expected_pages() const {
    if (!is_paged_) {
        return 1;
    }
    if (!has_total_) {
        return pass_.pages + (pass_.page_items >= page_size_ ? 1 : 0);
    }
    // A server may give less than was asked for per page: what page 0 brought is its size.
    std::uint64_t size = page_size_;
    if (pass_.page_items > 0 && pass_.page_items < size && pass_.first_total > pass_.page_items) {
        size = pass_.page_items;
    }
    return std::max(pass_.pages, (total_ + size - 1) / size);
}

bool Listing::is_steady() const {
    if (!is_paged_ || !has_total_) {
        return true;  // complete by contract: one answer, or read until a page was short
    }
    return !pass_.total_changed && pass_.different == total_ && pass_.items == total_;
}

std::string Listing::why_incomplete() const {
    if (is_complete_) {
        return "";
    }
    return "Prism says " + std::to_string(total_) + ", " + std::to_string(pass_.different) +
           " different ones came in " + std::to_string(pass_.items) + " items on " +
           std::to_string(pass_.pages) + " pages" +
           (pass_.total_changed ? ", and the total changed while they were read"
                                : "; the total stayed the same") +
           "; read " + std::to_string(passes_) + " times";
}

}  // namespace pf::host::services
