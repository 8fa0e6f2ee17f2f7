// FakeCall: the host's side of one running handler: pages, entities, tables, the recorder.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "prismforet/abi/list.h"
#include "prismforet/testing/document.hpp"
#include "prismforet/testing/run.hpp"
#include "prismforet/testing/script.hpp"

namespace pf::testing::detail {

// What became of an item of the current page.
enum class Standing { open, settled, repeated };

// An open listing and its current page.
struct FakeList {
    std::uint32_t endpoint = 0;
    std::size_t next_page = 0;
    bool is_read = false;
    bool is_detail = false;  // its items need no outcome
    std::string parent;
    std::unique_ptr<Document> page;
    std::vector<Standing> standings;
    std::set<std::string> ids;
};

// A filled look-up table: id -> one optional text per field.
struct FakeTable {
    std::map<std::string, std::vector<std::pair<bool, std::string>>, std::less<>> rows;
};

// A page of the script, parsed. Tests run handlers thousands of times over the same pages. The
// reference is good until the next call.
inline const Json& parsed_page(const std::string& text) {
    constexpr std::size_t most = 64;
    thread_local std::map<std::string, Json> pages;
    const auto known = pages.find(text);
    if (known != pages.end()) return known->second;
    if (pages.size() >= most) pages.clear();
    return pages.emplace(text, Json::parse(text)).first->second;
}

class FakeCall {
  public:
    explicit FakeCall(const Script& script)
        : script_(script),
          blocking_calls_left_(script.blocking_calls_left),
          recorder(script.descriptor(), [this](auto code, auto id, auto why) {
              run.notes.push_back({std::string(code), std::string(id), std::string(why)});
          }) {}

    static FakeCall& of(pf_call* call) { return *reinterpret_cast<FakeCall*>(call); }
    pf_call* handle() { return reinterpret_cast<pf_call*>(this); }
    const Script& script() const { return script_; }

    // Counts a blocking call; what it must answer when the call is over, else PF_OK.
    pf_status block() {
        if (blocking_calls_left_ && (*blocking_calls_left_ == 0 || --*blocking_calls_left_ == 0)) {
            is_over_ = true;
        }
        return is_over_ ? script_.cancel_status : PF_OK;
    }
    bool is_over() const { return is_over_; }

    pf_status open(const pf_list_request& request, pf_list** out) {
        *out = nullptr;
        if (const pf_status over = block(); over != PF_OK) return over;
        if (request.struct_size < sizeof request || request.flags != 0 ||
            request.endpoint >= script_.endpoints.size()) {
            problem("lists.open with a bad request");
            return PF_INVALID_ARGUMENT;
        }
        const std::string parent(to_view(request.parent));
        run.requests.push_back(
            {request.endpoint, std::string(to_view(request.cluster)), request.page_size, parent});
        if (script_.has_parent(request.endpoint) == parent.empty()) {
            problem("lists.open with a parent where there is none, or without");
            return PF_INVALID_ARGUMENT;
        }
        end_details(request.endpoint);
        const pf_status failure = script_.failure_of(request.endpoint);
        if (failure != PF_OK) return failure;
        lists_.push_back(std::make_unique<FakeList>());
        lists_.back()->endpoint = request.endpoint;
        lists_.back()->is_detail = !parent.empty();
        lists_.back()->parent = parent;
        *out = reinterpret_cast<pf_list*>(lists_.back().get());
        return PF_OK;
    }

    pf_status next(pf_list* handle, pf_page& out) {
        FakeList& list = *reinterpret_cast<FakeList*>(handle);
        close_page(list);
        if (const pf_status over = block(); over != PF_OK) return over;
        const EndpointScript& endpoint = script_.endpoints[list.endpoint];
        if (list.is_detail) return next_detail(list, endpoint, out);
        const std::size_t number = list.next_page++;
        if (const auto failure = endpoint.failures.find(number);
            failure != endpoint.failures.end()) {
            list.is_read = true;
            return failure->second;
        }
        if (number >= endpoint.pages.size()) {
            list.is_read = true;
            return PF_OUT_OF_RANGE;
        }
        list.page = std::make_unique<Document>(endpoint.pages[number]);
        const Json& items = script_.items(list.endpoint, list.page->json());
        for (const Json& item : items.children) {
            const bool is_new = list.ids.insert(script_.id_of(list.endpoint, item)).second;
            const bool has_id = !script_.id_of(list.endpoint, item).empty();
            list.standings.push_back(is_new || !has_id ? Standing::open : Standing::repeated);
        }
        out.dialect = script_.dialect_of(list.endpoint);
        out.root = list.page->root();
        out.items = list.page->value(items);
        return PF_OK;
    }

    pf_status expect(std::uint32_t endpoint, const pf_str* parents, std::uint64_t count) {
        if (endpoint >= script_.endpoints.size() || !script_.has_parent(endpoint)) {
            problem("lists.expect of an endpoint without a parent");
            return PF_INVALID_ARGUMENT;
        }
        for (std::uint64_t i = 0; i < count; ++i) {
            run.expected.push_back({endpoint, {}, 0, std::string(to_view(parents[i]))});
        }
        return PF_OK;
    }

    pf_status fetch(std::uint32_t endpoint, std::string_view id, pf_page& out) {
        if (const pf_status over = block(); over != PF_OK) return over;
        if (endpoint >= script_.endpoints.size() || id.empty()) return PF_INVALID_ARGUMENT;
        for (const std::string& text : script_.endpoints[endpoint].pages) {
            const Json& answer = parsed_page(text);
            for (const Json& item : script_.items(endpoint, answer).children) {
                if (script_.id_of(endpoint, item) != id) continue;
                fetched_ = std::make_unique<Document>(item);
                out.dialect = script_.dialect_of(endpoint);
                out.root = out.items = fetched_->root();
                return PF_OK;
            }
        }
        return PF_NOT_FOUND;
    }

    pf_status open_table(std::uint32_t index, const pf_table** out) {
        *out = nullptr;
        if (const pf_status over = block(); over != PF_OK) return over;
        const Json& lookup = script_.descriptor()["lookups"].at(index);
        if (lookup.kind == PF_KIND_ABSENT) return PF_INVALID_ARGUMENT;
        const std::uint32_t endpoint = script_.index("endpoints", lookup["endpoint"].text);
        pf_status failure = script_.lookup_failures[index];
        if (failure == PF_OK) failure = script_.failure_of(endpoint);
        if (failure != PF_OK) return failure;
        auto table = std::make_unique<FakeTable>();
        for (const std::string& text : script_.endpoints[endpoint].pages) {
            const Json& answer = parsed_page(text);
            for (const Json& item : script_.items(endpoint, answer).children) {
                auto& row = table->rows[script_.id_of(endpoint, item)];
                row.clear();
                const bool is_v3 = script_.dialect_of(endpoint) == 3;
                for (const Json& field : lookup[is_v3 ? "v3_fields" : "fields"].children)
                    row.push_back(field_of(item, field.text));
            }
        }
        tables_.push_back(std::move(table));
        *out = reinterpret_cast<const pf_table*>(tables_.back().get());
        return PF_OK;
    }

    void begin(std::uint32_t output, pf_val entity, std::string_view id) {
        const bool was_open = recorder.is_open();
        recorder.begin(output, id);
        if (was_open) return problem("writer.begin while a record is open");
        if (!recorder.is_open()) return problem("writer.begin with an unknown output");
        entity_ = entity;
        if (entity.doc != 0 && standing_of(entity) == nullptr) {
            recorder.fail("the entity is no item of a page this call still holds");
            problem("writer.begin about a value that is no item of a current page");
        }
    }

    pf_status end() {
        const bool was_open = recorder.is_open();
        Record record;
        const bool is_good = recorder.end(record);
        if (const pf_status over = block(); over != PF_OK) return over;
        if (!was_open) return problem("writer.end without writer.begin"), PF_INVALID_ARGUMENT;
        Standing* standing = standing_of(entity_);
        if (is_good && standing != nullptr && *standing == Standing::repeated)
            return ++run.dropped, PF_OK;
        // A further record of an entity that was settled before is fine.
        if (standing == nullptr || *standing == Standing::open) settle(entity_);
        if (!is_good) {
            run.refused.push_back({"", recorder.id(), recorder.error()});
            return PF_INVALID_ARGUMENT;
        }
        run.records.push_back(std::move(record));
        return PF_OK;
    }

    void skip(pf_val entity, std::string_view code, std::string_view why) {
        std::string id;
        for (const auto& list : lists_) {
            if (list->page && !list->is_detail &&
                index_of(*list, entity) < list->standings.size()) {
                id = script_.id_of(list->endpoint, *node_of(entity));
            }
        }
        settle(entity);
        run.skips.push_back({std::string(code), id, std::string(why)});
    }

    void filtered(pf_val entity) {
        settle(entity);
        ++run.filtered;
    }

    // Closes the books when the handler has returned.
    void finish(pf_status status) {
        run.status = status;
        recorder.abort();
        for (const auto& list : lists_) {
            close_page(*list);
            if (!list->is_read && status == PF_OK) problem("a list was left before its end");
        }
    }

    void problem(std::string text) { run.problems.push_back(std::move(text)); }

  private:
    const Script& script_;
    std::optional<std::size_t> blocking_calls_left_;
    bool is_over_ = false;

  public:
    Run run;
    Recorder recorder;

  private:
    // Texts as they are, whole numbers and truths as JSON writes them. An empty text counts as
    // nothing.
    static std::string text_of(const Json& value) {
        if (value.kind == PF_KIND_STRING) return value.text;
        const bool is_number = value.kind == PF_KIND_INT || value.kind == PF_KIND_BOOL;
        return is_number ? value.dump() : std::string();
    }

    // The text at `path`; an array there or on the way gives its different texts with commas
    // between them.
    static std::string text_at(const Json& entity, std::string_view path) {
        if (entity["entity_id"].kind != PF_KIND_ABSENT) return text_of(Script::fact(entity, path));
        const Json* at = &entity;
        while (!path.empty() && at->kind != PF_KIND_ARRAY) {
            const std::size_t end = std::min(path.find('.'), path.size());
            at = &(*at)[path.substr(0, end)];
            path.remove_prefix(std::min(end + 1, path.size()));
        }
        if (at->kind != PF_KIND_ARRAY) return text_of(*at);
        std::vector<std::string> texts;
        std::string joined;
        for (const Json& item : at->children) {
            const Json& value = path.empty() ? item : item.find(path);
            if (value.kind != PF_KIND_STRING ||
                std::find(texts.begin(), texts.end(), value.text) != texts.end()) {
                continue;
            }
            joined += (texts.empty() ? "" : ",") + value.text;
            texts.push_back(value.text);
        }
        return joined;
    }

    // A field is a path, or a text with paths in braces; without one of its parts it is nothing.
    static std::pair<bool, std::string> field_of(const Json& item, std::string_view field) {
        if (field.empty()) return {false, {}};
        if (field.find('{') == field.npos) {
            std::string text = text_at(item, field);
            return {!text.empty(), text};
        }
        std::string text;
        while (!field.empty()) {
            const std::size_t open = std::min(field.find('{'), field.size());
            text += field.substr(0, open);
            const std::size_t close = std::min(field.find('}', open), field.size());
            if (open < close) {
                const std::string part = text_at(item, field.substr(open + 1, close - open - 1));
                if (part.empty()) return {false, {}};
                text += part;
            }
            field.remove_prefix(std::min(close + 1, field.size()));
        }
        return {true, text};
    }

    std::size_t index_of(const FakeList& list, pf_val entity) const {
        const Json& items = script_.items(list.endpoint, list.page->json());
        for (std::size_t i = 0; i < items.children.size(); ++i) {
            const pf_val item = list.page->value(items.children[i]);
            if (item.doc == entity.doc && item.at == entity.at) return i;
        }
        return items.children.size();
    }

    Standing* standing_of(pf_val entity) {
        for (const auto& list : lists_) {
            if (!list->page || list->is_detail) continue;
            const std::size_t index = index_of(*list, entity);
            if (index < list->standings.size()) return &list->standings[index];
        }
        return nullptr;
    }

    void settle(pf_val entity) {
        if (entity.doc == 0) return;
        Standing* standing = standing_of(entity);
        if (standing == nullptr) return problem("an outcome for a value that is no current item");
        if (*standing == Standing::settled) return problem("an entity was settled twice");
        if (*standing == Standing::open) *standing = Standing::settled;
    }

    pf_status next_detail(FakeList& list, const EndpointScript& endpoint, pf_page& out) {
        const auto pages = endpoint.details.find(list.parent);
        const std::size_t number = list.next_page++;
        if (pages == endpoint.details.end() || number >= pages->second.size()) {
            list.is_read = true;
            const auto failure = endpoint.detail_failures.find(list.parent);
            return failure == endpoint.detail_failures.end() ? PF_OUT_OF_RANGE : failure->second;
        }
        list.page = std::make_unique<Document>(pages->second[number]);
        out.dialect = script_.dialect_of(list.endpoint);
        out.root = list.page->root();
        out.items = list.page->value(script_.items(list.endpoint, list.page->json()));
        return PF_OK;
    }

    // Only one list of an endpoint below a parent is open at a time.
    void end_details(std::uint32_t endpoint) {
        for (const auto& list : lists_) {
            if (!list->is_detail || list->endpoint != endpoint) continue;
            if (!list->is_read) problem("a list below a parent was left before its end");
            list->is_read = true;
            list->page.reset();
        }
    }

    void close_page(FakeList& list) {
        if (!list.page) return;
        if (list.is_detail) return list.page.reset();
        const Json& items = script_.items(list.endpoint, list.page->json());
        for (std::size_t i = 0; i < list.standings.size(); ++i) {
            if (list.standings[i] != Standing::open) continue;
            run.lost.push_back(script_.id_of(list.endpoint, items.at(i)));
        }
        if (recorder.is_open() && index_of(list, entity_) < list.standings.size()) {
            recorder.fail("the page of the record's entity was given back");
            problem("a record was open while the page of its entity was given back");
        }
        list.standings.clear();
        list.page.reset();
    }

    pf_val entity_{0, 0};
    std::vector<std::unique_ptr<FakeList>> lists_;
    std::vector<std::unique_ptr<FakeTable>> tables_;
    std::unique_ptr<Document> fetched_;
};

}  // namespace pf::testing::detail
