#include "host/runtime/rows.hpp"

namespace pf::host::runtime {

template <class Members>
void HostRows::row(const encoding::RowShape& shape, Members members) {
    encoding::RowEncoder encoder(format_, shape, bytes_);
    encoder.begin();
    members(encoder.top());
    encoder.end();
    ends_.push_back(bytes_.size());
}

void HostRows::type(const services::Output& output) {
    encoding::RowShape shape;
    shape.resource_type = "inventory.CloudServiceType";
    shape.match_keys = {"name", "group", "provider"};
    shape.constants = {{"name", output.type},
                       {"group", output.group},
                       {"provider", "nutanix"},
                       {"resource_type", "inventory.CloudService"}};
    if (!output.service_code.empty()) {
        shape.constants.emplace_back("service_code", output.service_code);
    }
    shape.metadata = output.view_metadata;
    row(shape, [&](encoding::Tokens& out) {
        out.key("is_primary");
        out.boolean(output.is_primary);
        out.key("is_major");
        out.boolean(output.is_major);
        out.key("labels");
        out.open_array();
        for (const std::string& label : output.labels) {
            out.str(label);
        }
        out.close();
    });
}

// What a kind without a version of its own has; a new text makes CloudForet take over a namespace.
constexpr const char* namespace_version = "1.0";

void HostRows::metrics(const services::Output& output) {
    if (output.metrics.empty()) {
        return;
    }
    const std::string resources =
        "inventory.CloudService:nutanix." + output.group + "." + output.type;
    const std::string name_space = services::namespace_id(output);
    encoding::RowShape shape;
    shape.resource_type = "inventory.Namespace";
    shape.constants = {{"namespace_id", name_space}, {"name", output.group + "/" + output.type},
                       {"category", "ASSET"},        {"resource_type", resources},
                       {"group", "nutanix"},         {"version", namespace_version}};
    row(shape, [](encoding::Tokens&) {});
    for (const services::Metric& metric : output.metrics) {
        encoding::RowShape each;
        each.resource_type = "inventory.Metric";
        each.constants = {{"metric_id", services::metric_id(output, metric)},
                          {"name", metric.name},
                          {"metric_type", metric.type},
                          {"resource_type", resources},
                          {"unit", metric.unit},
                          {"namespace_id", name_space},
                          {"version", metric.version}};
        if (!metric.date_field.empty()) {
            each.constants.emplace_back("date_field", metric.date_field);
        }
        row(each, [&](encoding::Tokens& out) {
            out.key("query_options");
            encoding::replay_json(metric.query_options, out);
        });
    }
}

void HostRows::region(std::string_view code, std::string_view name, const Site* site) {
    encoding::RowShape shape;
    shape.resource_type = "inventory.Region";
    shape.match_keys = {"region_code", "provider"};
    shape.constants = {{"name", std::string(name.empty() ? code : name)},
                       {"region_code", std::string(code)},
                       {"provider", "nutanix"}};
    row(shape, [&](encoding::Tokens& out) {
        if (site == nullptr) {
            return;
        }
        out.key("tags");
        out.open_object();
        for (const auto& [key, text] :
             {std::pair("latitude", site->latitude), std::pair("longitude", site->longitude),
              std::pair("continent", site->continent)}) {
            if (!text.empty()) {
                out.key(key);
                out.str(text);
            }
        }
        out.close();
    });
}

void HostRows::failure(const Reason& reason, const services::Output* output) {
    encoding::RowShape shape;
    shape.state = encoding::RowState::failure;
    shape.resource_type = "inventory.ErrorResource";
    shape.message = reason.code + ": ";
    if (!reason.target.empty()) {
        shape.message += reason.target + ": ";
    }
    shape.message += reason.text;
    if (reason.count > 1) {
        shape.message += " (" + std::to_string(reason.count) + " times)";
    }
    for (std::size_t i = 0; i < reason.first_ids.size(); ++i) {
        shape.message += (i == 0 ? "; first: " : ", ") + reason.first_ids[i];
    }
    shape.constants = {{"resource_type", "inventory.CloudService"}, {"provider", "nutanix"}};
    if (output != nullptr) {
        shape.constants.emplace_back("cloud_service_group", output->group);
        shape.constants.emplace_back("cloud_service_type", output->type);
    }
    row(shape, [](encoding::Tokens&) {});
}

encoding::RowBatch HostRows::take() {
    encoding::RowBatch batch;
    batch.bytes = bytes_.take(encoding::Block());
    batch.ends.swap(ends_);
    return batch;
}

}  // namespace pf::host::runtime
