#include "tests/fuzz/prism_stand_in.hpp"

#include <cstring>
#include <utility>

#include "host/prism/pages.hpp"
#include "host/prism/shared_cache.hpp"
#include "host/prism/target.hpp"

namespace pf::fuzz {
namespace {

PrismLists* served = nullptr;

PrismList& list_at(std::string_view path) {
    static PrismList nothing;
    path = path.substr(0, path.find('?'));
    for (auto& [end, list] : *served) {
        if (path.ends_with(end)) {
            return list;
        }
    }
    nothing = {};
    return nothing;
}

host::prism::Body body_of(std::string_view text) {
    host::prism::Body body;
    body.reserve(text.size());
    body.resize(text.size());
    if (!text.empty()) {
        std::memcpy(body.data(), text.data(), text.size());
    }
    return body;
}

}  // namespace

void serve_prism(PrismLists& lists) { served = &lists; }

}  // namespace pf::fuzz

namespace pf::host::prism {

struct Target::State {
    TargetSpec spec;
    std::string name;
    SharedCache shared;
};

struct Target::Use {};

Target::Target(TargetSpec spec, std::uint64_t /*key*/) : state_(std::make_shared<State>()) {
    state_->name = spec.host + ":" + std::to_string(spec.port);
    state_->spec = std::move(spec);
}
Target::~Target() = default;
const std::string& Target::name() const noexcept { return state_->name; }
const TargetSpec& Target::spec() const noexcept { return state_->spec; }
SharedCache& Target::cache() noexcept { return state_->shared; }

Result<std::string> Target::version(const std::string& /*api_namespace*/, const Stop& /*stop*/,
                                    Meter& /*meter*/, const std::string& /*list*/) {
    return std::string("v4.2");
}

Result<std::string> Target::beta_version(const std::string& /*api_namespace*/, const Stop& /*stop*/,
                                         Meter& /*meter*/, const std::string& /*list*/) {
    return Status(Code::not_found, "ERROR_PRISM_API_ABSENT", "there is no beta");
}

void Target::forget_version(const std::string& /*api_namespace*/) {}
void Target::note_use(const ApiUse& /*use*/) {}

Result<Response> Target::send(const Request& request, const Stop& /*stop*/, Meter& /*meter*/) {
    fuzz::PrismList& list = fuzz::list_at(request.path);
    if (!list.failure.ok()) {
        return list.failure;
    }
    Response response;
    response.status = 200;
    response.body = fuzz::body_of(list.pages.empty() ? "{}" : list.pages.front());
    return response;
}

struct Pages::State {
    MakeRequest make;
    Stop stop;
    std::uint64_t count = 1;
    std::uint64_t next = 0;
};

Pages::Pages(std::shared_ptr<Target> /*target*/, MakeRequest make, Stop stop, Meter& /*meter*/)
    : state_(std::make_shared<State>()) {
    state_->make = std::move(make);
    state_->stop = std::move(stop);
}
Pages::~Pages() = default;

void Pages::expect(std::uint64_t count) { state_->count = count; }

Result<Body> Pages::next() {
    const std::uint64_t index = state_->next;
    if (index >= state_->count) {
        return Status(Code::out_of_range, "ERROR_NO_MORE_PAGES", "the list has no more pages");
    }
    fuzz::PrismList& list = fuzz::list_at(state_->make(index).path);
    if (!list.failure.ok()) {
        return list.failure;
    }
    ++state_->next;
    const bool is_again = index < list.given.size() && !list.again.empty();
    const std::vector<std::string>& pages = is_again ? list.again : list.pages;
    list.given.push_back(index < pages.size()
                             ? pages[index]
                             : R"({"data":[],"metadata":{"totalAvailableResults":0}})");
    return fuzz::body_of(list.given.back());
}

void Pages::recycle(Body body) { fuzz::body_of({}) = std::move(body); }

}  // namespace pf::host::prism
