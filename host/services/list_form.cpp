#include "host/services/list_form.hpp"

#include <algorithm>
#include <chrono>

#include "host/services/json_path.hpp"
#include "host/services/stats_query.hpp"

namespace pf::host::services {
namespace {

// More is a validation error in v4 and capped in v3 (Prism API, sections 3.1 and 4).
constexpr std::uint32_t largest_page_v4 = 100;
constexpr std::uint32_t largest_page_v3 = 500;
// Nobody says how many rows of groups may be asked for; clients do well with these.
constexpr std::uint32_t largest_page_groups = 250;

// The newest minutes of statistics may be missing, so a span ends a little earlier. In whole steps,
// so that what is asked one after the other is about the same time.
constexpr std::chrono::minutes stats_delay{5};

std::uint32_t page_size(const ListingScope& scope, std::uint32_t largest) {
    return scope.page_size > 0 ? std::min(scope.page_size, largest) : largest;
}

std::string filter_for(const EndpointV4& endpoint, const std::string& cluster) {
    std::string filter = endpoint.cluster_filter;
    const std::string mark = "{cluster}";
    if (const auto at = filter.find(mark); at != std::string::npos) {
        filter.replace(at, mark.size(), cluster);
    }
    return filter;
}

prism::Request page_v4(const std::string& path, const std::string& tail, std::uint64_t index,
                       std::uint32_t size) {
    prism::Request request;
    request.path =
        path + "?%24page=" + std::to_string(index) + "&%24limit=" + std::to_string(size) + tail;
    return request;
}

// The descriptor's schema leaves no character in these words that JSON would have to escape.
prism::Request page_v3(const std::string& path, const std::string& body) {
    prism::Request request;
    request.method = prism::Method::post;
    request.path = path;
    request.body = body + "}";
    return request;
}

std::string window_query(const StatsWindow& window) {
    namespace chrono = std::chrono;
    const chrono::seconds step(std::max<std::uint32_t>(1, window.interval_s));
    const auto now = chrono::floor<chrono::seconds>(chrono::system_clock::now() - stats_delay);
    const chrono::sys_seconds end(now.time_since_epoch() / step * step);
    return "?" +
           stats_query(end - chrono::minutes(window.minutes), end, step, "LAST", window.select);
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

Status no_list(const std::string& why) {
    return Status(Code::data_loss, "ERROR_PRISM_ANSWER", "this is no list answer: " + why);
}

}  // namespace

Result<ListForm> ListForm::v4(const Endpoint& endpoint, const std::string& version,
                              const ListingScope& scope) {
    const EndpointV4& v4 = *endpoint.v4;
    if (!scope.cluster.empty() && v4.cluster_filter.empty()) {
        return Status(
            Code::invalid_argument, "ERROR_MODULE_REQUEST",
            "endpoint " + endpoint.name +
                " cannot be restricted to a cluster: its descriptor has no cluster_filter");
    }
    ListForm form;
    form.dialect_ = 4;
    form.version_ = version;
    form.path_ = "/api/" + v4.api_namespace + "/" + version + "/" + v4.path;
    if (!scope.cluster.empty()) {
        form.filter_ = "&%24filter=" + percent_encoded(filter_for(v4, scope.cluster));
    }
    if (!scope.query.empty()) {
        form.query_ = "&" + scope.query;
    }
    form.order_by_ = v4.order_by;
    form.id_path_ = v4.id;
    form.cluster_path_ = v4.cluster;
    form.page_size_ = services::page_size(scope, largest_page_v4);
    form.is_paged_ = v4.is_paged && !v4.stats;
    form.parent_ = percent_encoded(scope.parent);
    form.is_single_ = v4.stats.has_value();
    form.window_ = v4.stats ? window_query(*v4.stats) : "";
    return form;
}

ListForm ListForm::v3(const Endpoint& endpoint, const ListingScope& scope) {
    const EndpointV3& v3 = *endpoint.v3;
    ListForm form;
    form.dialect_ = 3;
    form.version_ = "v3";
    form.path_ = "/api/nutanix/v3/" + v3.path;
    form.kind_ = v3.kind;
    form.order_by_ = v3.order_by;
    form.id_path_ = v3.id;
    form.cluster_path_ = v3.cluster;
    form.attributes_ = v3.attributes;
    form.page_size_ =
        services::page_size(scope, form.is_groups() ? largest_page_groups : largest_page_v3);
    form.is_paged_ = v3.is_paged;
    form.parent_ = percent_encoded(scope.parent);
    form.step_ = std::make_shared<std::atomic<std::uint32_t>>(form.page_size_);
    return form;
}

std::string ListForm::path_of(const std::string& parent) const {
    std::string path = path_;
    if (const auto at = path.find(Endpoint::parent_mark); at != std::string::npos) {
        path.replace(at, Endpoint::parent_mark.size(), parent);
    }
    return path;
}

prism::Pages::MakeRequest ListForm::requests() const {
    if (is_groups()) {
        return requests_groups();
    }
    return dialect_ == 4 ? requests_v4(path_of(parent_)) : requests_v3(path_of(parent_));
}

ListForm ListForm::below(std::string_view parent) const {
    ListForm form = *this;
    form.parent_ = percent_encoded(parent);
    if (step_) {
        form.step_ = std::make_shared<std::atomic<std::uint32_t>>(page_size_);
    }
    return form;
}

prism::Request ListForm::first_of(const std::string& parent) const {
    const std::string path = path_of(percent_encoded(parent));
    return (dialect_ == 4 ? requests_v4(path) : requests_v3(path))(0);
}

prism::Pages::MakeRequest ListForm::requests_v4(const std::string& path) const {
    std::string tail = filter_ + query_;
    if (!order_by_.empty()) {
        tail += "&%24orderby=" + percent_encoded(order_by_);
    }
    if (!is_paged_) {
        return [path = path + window_](std::uint64_t) {
            prism::Request request;
            request.path = path;
            return request;
        };
    }
    return [path, tail, size = page_size_](std::uint64_t index) {
        return page_v4(path, tail, index, size);
    };
}

prism::Pages::MakeRequest ListForm::requests_v3(const std::string& path) const {
    std::string body = "{\"kind\":\"" + kind_ + "\"";
    if (!order_by_.empty()) {
        body += ",\"sort_attribute\":\"" + order_by_ + "\",\"sort_order\":\"ASCENDING\"";
    }
    if (!is_paged_) {
        return [path, body](std::uint64_t) { return page_v3(path, body); };
    }
    // Page 0 goes out before the step is known; the pages behind it only after settle_page_size().
    return [path, body, step = step_](std::uint64_t index) {
        const std::uint64_t size = step->load(std::memory_order_acquire);
        return page_v3(path, body + ",\"offset\":" + std::to_string(index * size) +
                                 ",\"length\":" + std::to_string(size));
    };
}

prism::Pages::MakeRequest ListForm::requests_groups() const {
    std::string body = "{\"entity_type\":\"" + kind_ + "\",\"group_member_attributes\":[";
    for (std::size_t i = 0; i < attributes_.size(); ++i) {
        body += (i == 0 ? "{\"attribute\":\"" : ",{\"attribute\":\"") + attributes_[i] + "\"}";
    }
    body += "]";
    if (!order_by_.empty()) {
        body += ",\"group_member_sort_attribute\":\"" + order_by_ +
                "\",\"group_member_sort_order\":\"ASCENDING\"";
    }
    return [path = path_, body, step = step_](std::uint64_t index) {
        const std::uint64_t size = step->load(std::memory_order_acquire);
        return page_v3(path, body + ",\"group_member_offset\":" + std::to_string(index * size) +
                                 ",\"group_member_count\":" + std::to_string(size));
    };
}

prism::Request ListForm::entity(std::string_view id) const {
    prism::Request request;
    std::string path = path_;
    if (const std::size_t list = path.rfind("/list"); dialect_ == 3 && list != path.npos) {
        path.erase(list);
    }
    request.path = path + "/" + std::string(id);
    return request;
}

void ListForm::page_by(std::uint32_t size) {
    is_paged_ = true;
    settle_page_size(std::min(size, page_size_));
}

void ListForm::settle_page_size(std::uint32_t count) {
    page_size_ = std::max<std::uint32_t>(1, count);
    if (step_) {
        step_->store(page_size_, std::memory_order_release);
    }
}

Result<pf_val> ListForm::items(pf_val root, bool is_first_page) const {
    if (reader().kind(root) != PF_KIND_OBJECT) {
        return no_list("it is no object");
    }
    if (dialect_ == 3 && text_at(root, {"state"}) == "ERROR") {
        return no_list("its state is ERROR");
    }
    if (dialect_ == 4 && flag_is_set(root, "hasError")) {
        return no_list("it says hasError");
    }
    if (is_groups()) {
        return rows_of_groups(root);
    }
    const char* const key = dialect_ == 3 ? "entities" : "data";
    const pf_val items = reader().get(root, to_pf(key));
    const int32_t kind = reader().kind(items);
    if (is_single_ && (kind == PF_KIND_OBJECT || kind == PF_KIND_ABSENT || kind == PF_KIND_NULL)) {
        return kind == PF_KIND_OBJECT ? items : pf_val{0, 0};  // nothing was measured yet
    }
    if (kind != PF_KIND_ARRAY && kind != PF_KIND_ABSENT && kind != PF_KIND_NULL) {
        return no_list(std::string("`") + key + "` is no array");
    }
    if (kind == PF_KIND_ARRAY) {
        return items;
    }
    // An empty list may come without its array. What shows neither entities nor how many there are
    // proves nothing: taken for empty, it would delete an inventory.
    if (reader().kind(reader().get(root, to_pf("metadata"))) != PF_KIND_OBJECT) {
        return no_list(std::string("it has neither `") + key + "` nor `metadata`");
    }
    if (is_first_page && total(root) < 0) {
        return no_list(std::string("it has neither `") + key + "` nor a total");
    }
    return items;
}

Result<pf_val> ListForm::rows_of_groups(pf_val root) const {
    const pf_val group = reader().first(reader().get(root, to_pf("group_results")));
    const pf_val rows = reader().get(group, to_pf("entity_results"));
    if (reader().kind(rows) == PF_KIND_ARRAY) {
        return rows;
    }
    if (reader().kind(rows) > PF_KIND_NULL || total(root) != 0) {
        return no_list("it has neither `entity_results` nor a count of none");
    }
    return pf_val{0, 0};
}

bool ListForm::is_truncated(pf_val root) const {
    return dialect_ == 4 && flag_is_set(root, "isTruncated");
}

std::int64_t ListForm::total(pf_val root) const {
    std::int64_t total = -1;
    if (is_groups()) {
        reader().i64(reader().get(root, to_pf("total_entity_count")), &total);
        reader().i64(reader().get(root, to_pf("filtered_entity_count")), &total);
        return total < 0 ? -1 : total;
    }
    reader().i64(
        value_at(root, {"metadata", dialect_ == 3 ? "total_matches" : "totalAvailableResults"}),
        &total);
    return total < 0 ? -1 : total;
}

}  // namespace pf::host::services
