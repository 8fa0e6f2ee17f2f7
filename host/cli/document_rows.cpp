#include <nlohmann/json.hpp>

#include "host/cli/bounded_json.hpp"
#include "host/cli/resource_json.hpp"
#include "host/cli/row_forms.hpp"
#include "host/cli/yaml_text.hpp"

namespace pf::host::cli {
namespace {

class JsonRows final : public RowWriter {
  public:
    explicit JsonRows(Output& output) : output_(output) {}
    Status put(std::string_view resource) override {
        output_.write(is_first_ ? "{\"schema\":\"prismforet/v1\",\"items\":[\n" : ",\n");
        output_.write(resource);
        is_first_ = false;
        return Status();
    }
    Status finish(std::string_view summary) override {
        output_.write(is_first_ ? "{\"schema\":\"prismforet/v1\",\"items\":[" : "\n");
        output_.write("],\"summary\":");
        output_.write(summary);
        output_.write("}\n");
        return Status();
    }

  private:
    Output& output_;
    bool is_first_ = true;
};

class YamlRows final : public RowWriter {
  public:
    explicit YamlRows(Output& output) : output_(output) {}
    Status put(std::string_view resource) override {
        begin();
        output_.write(yaml_element(parse_resource(resource)));
        return Status();
    }
    Status finish(std::string_view summary) override {
        if (is_first_) {
            output_.write("schema: prismforet/v1\nitems: []\n");
        }
        output_.write("summary:\n");
        output_.write(yaml_text(parse_bounded(summary), 2));
        return Status();
    }

  private:
    void begin() {
        if (is_first_) {
            output_.write("schema: prismforet/v1\nitems:\n");
        }
        is_first_ = false;
    }

    Output& output_;
    bool is_first_ = true;
};

class NdjsonRows final : public RowWriter {
  public:
    explicit NdjsonRows(Output& output) : output_(output) {}
    Status put(std::string_view resource) override {
        output_.write(resource);
        output_.write("\n");
        return Status();
    }
    Status finish(std::string_view summary) override {
        output_.write("{\"schema\":\"prismforet/v1\",\"summary\":");
        output_.write(summary);
        output_.write("}\n");
        return Status();
    }

  private:
    Output& output_;
};

}  // namespace

std::unique_ptr<RowWriter> make_json_rows(Output& output) {
    return std::make_unique<JsonRows>(output);
}
std::unique_ptr<RowWriter> make_yaml_rows(Output& output) {
    return std::make_unique<YamlRows>(output);
}
std::unique_ptr<RowWriter> make_ndjson_rows(Output& output) {
    return std::make_unique<NdjsonRows>(output);
}

}  // namespace pf::host::cli
