#include "host/services/count.hpp"

#include "host/services/document.hpp"

namespace pf::host::services {

Result<std::optional<std::uint64_t>> count_listed(const std::shared_ptr<prism::Target>& target,
                                                  const Endpoint& endpoint, prism::ApiWish wish,
                                                  const std::string& cluster, const Stop& stop,
                                                  prism::Meter& meter) {
    auto form = FormChoice(target, endpoint, wish, {cluster, 1}).next(stop, meter);
    if (!form) {
        return form.status();
    }
    if (form->dialect() == 3 || !form->is_paged()) {
        return std::optional<std::uint64_t>();
    }
    form->drop_order();
    auto answer = target->send(form->requests()(0), stop, meter);
    if (!answer) {
        return answer.status();
    }
    Document document;
    if (Status parsed = document.parse_padded(answer->body.text()); !parsed.ok()) {
        return parsed;
    }
    if (auto items = form->items(document.root(), true); !items) {
        return items.status();
    }
    const std::int64_t total = form->total(document.root());
    return total < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(total));
}

}  // namespace pf::host::services
