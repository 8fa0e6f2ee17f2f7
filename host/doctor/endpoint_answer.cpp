#include "host/doctor/endpoint_answer.hpp"

#include <algorithm>

#include "host/doctor/examination.hpp"
#include "host/services/document.hpp"
#include "host/services/form_choice.hpp"
#include "host/services/json_path.hpp"

namespace pf::host::doctor {
namespace {

// What is read of a page.
struct PageFacts {
    std::uint64_t items = 0;
    std::int64_t total = -1;
    bool is_sorted = true;
};

Result<PageFacts> read_page(const prism::Response& answer, const services::ListForm& form) {
    services::Document document;
    if (Status parsed = document.parse_padded(answer.body.text()); !parsed.ok()) {
        return parsed;
    }
    auto items = form.items(document.root(), true);
    if (!items) {
        return items.status();
    }
    PageFacts facts;
    facts.total = form.total(document.root());
    const pf_reader& reader = services::reader();
    std::string before;
    for (pf_val item = reader.first(*items); item.doc != 0; item = reader.next(*items, item)) {
        const std::string_view id = services::text_at(item, form.id_path());
        facts.is_sorted = facts.is_sorted && before <= id;
        before = id;
        ++facts.items;
    }
    return facts;
}

// The first page by the form that answers; the form is left in `form`.
Result<PageFacts> first_page(Examination& examination, EndpointAnswer& about,
                             services::FormChoice& choice, Result<services::ListForm>& form) {
    while (form) {
        auto answer =
            examination.target->send(form->requests()(0), examination.stop, examination.meter);
        if (answer) {
            choice.was_served();
            return read_page(*answer, *form);
        }
        if (answer.status().code() == Code::not_found) {
            choice.was_absent();
            form = choice.next(examination.stop, examination.meter);
        } else if (answer.status().code() == Code::invalid_argument && form->is_ordered()) {
            about.is_order_refused = true;
            form->drop_order();
        } else {
            return answer.status();
        }
    }
    return form.status();
}

bool is_same_list(const services::Endpoint& endpoint, const EndpointAnswer& known) {
    const services::Endpoint& other = *known.endpoint;
    if (endpoint.v4 && other.v4) {
        return endpoint.v4->api_namespace == other.v4->api_namespace &&
               endpoint.v4->path == other.v4->path;
    }
    return endpoint.v3 && other.v3 && endpoint.v3->path == other.v3->path;
}

}  // namespace

void ask_first_page(Examination& examination, EndpointAnswer& about, std::uint32_t page_size) {
    services::FormChoice choice(examination.target, *about.endpoint,
                                examination.options.api_version, {"", page_size});
    auto form = choice.next(examination.stop, examination.meter);
    about.is_order_refused = false;
    const auto page = first_page(examination, about, choice, form);
    about.failure = page.status();
    if (!page) {
        about.version.clear();
        return;
    }
    about.version = form->version();
    about.asked = form->page_size();
    about.is_order_asked = form->is_ordered();
    about.items = page->items;
    about.total = page->total;
    about.is_sorted = page->is_sorted;
}

std::int64_t ask_default_size(Examination& examination, const EndpointAnswer& about) {
    prism::Request request;
    const bool is_v3 = about.version == "v3";
    auto form = is_v3 ? Result<services::ListForm>(services::ListForm::v3(*about.endpoint, {}))
                      : services::ListForm::v4(*about.endpoint, about.version, {});
    if (!form) {
        return -1;
    }
    request = form->requests()(0);
    request.path.resize(std::min(request.path.find('?'), request.path.size()));
    if (is_v3) {
        request.body = R"({"kind":")" + about.endpoint->v3->kind + "\"}";
    }
    auto answer = examination.target->send(request, examination.stop, examination.meter);
    if (!answer) {
        return -1;
    }
    const auto page = read_page(*answer, *form);
    return page ? static_cast<std::int64_t>(page->items) : -1;
}

std::vector<EndpointAnswer> lists_of(
    const std::vector<std::shared_ptr<const services::Descriptor>>& modules) {
    std::vector<EndpointAnswer> lists;
    for (const auto& module : modules) {
        std::vector<std::size_t> places;  // of the module's endpoints in `lists`
        for (const services::Endpoint& endpoint : module->endpoints) {
            if (endpoint.has_parent()) {
                places.push_back(lists.size());  // nobody can ask for it without a parent
                continue;
            }
            const auto known = std::find_if(
                lists.begin(), lists.end(),
                [&](const EndpointAnswer& one) { return is_same_list(endpoint, one); });
            places.push_back(static_cast<std::size_t>(known - lists.begin()));
            if (known == lists.end()) {
                EndpointAnswer& list = lists.emplace_back();
                list.name = endpoint.name;
                list.role = endpoint.role;
                list.endpoint = &endpoint;
                list.api_namespace = endpoint.v4 ? endpoint.v4->api_namespace : "";
                list.resource = endpoint.v4   ? endpoint.v4->path
                                : endpoint.v3 ? endpoint.v3->path
                                              : endpoint.name;
            }
        }
        for (const services::Output& output : module->outputs) {
            lists[places[output.endpoint]].kinds.push_back(output.kind);
        }
    }
    std::stable_partition(lists.begin(), lists.end(),
                          [](const EndpointAnswer& one) { return !one.kinds.empty(); });
    return lists;
}

}  // namespace pf::host::doctor
