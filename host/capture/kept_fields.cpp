#include "host/capture/kept_fields.hpp"

#include <algorithm>
#include <unordered_map>

#include "host/capture/text_shape.hpp"

namespace pf::host::capture {
namespace {

enum class Form : std::uint8_t { word, number, product, type, locale, error_code };

struct Kept {
    std::string_view key;
    Form form;
};

// v4 writes camelCase, v3 and v2 snake_case.
constexpr Kept kept_texts[] = {
    {"acropolisConnectionState", Form::word},
    {"action", Form::word},
    {"adapter_type", Form::word},
    {"alertType", Form::word},
    {"api_version", Form::number},
    {"aosVersion", Form::product},
    {"architecture", Form::word},
    {"associationStatus", Form::word},
    {"attachmentType", Form::word},
    {"attribute", Form::type},
    {"attributePath", Form::type},
    {"auditType", Form::word},
    {"availableVersion", Form::product},
    {"available_version", Form::product},
    {"blockModel", Form::product},
    {"block_model", Form::product},
    {"block_model_name", Form::product},
    {"bondMode", Form::word},
    {"bootOrder", Form::word},
    {"boot_device_order_list", Form::word},
    {"boot_type", Form::word},
    {"buildType", Form::word},
    {"build_type", Form::word},
    {"busType", Form::word},
    {"cacheDeduplication", Form::word},
    {"capabilities", Form::word},
    {"classification_list", Form::word},
    {"classifications", Form::word},
    {"clusterArch", Form::word},
    {"clusterFunction", Form::word},
    {"clusterType", Form::word},
    {"cluster_arch", Form::word},
    {"code", Form::error_code},
    {"cpuModel", Form::product},
    {"cpu_model", Form::product},
    {"currentClusterFaultTolerance", Form::word},
    {"default_internal_policy", Form::word},
    {"desiredClusterFaultTolerance", Form::word},
    {"destAllowSpec", Form::word},
    {"device_type", Form::word},
    {"domainAwarenessLevel", Form::word},
    {"domain_awareness_level", Form::word},
    {"enabledAuthentications", Form::word},
    {"enabledCpuFeatures", Form::word},
    {"enabled_capability_list", Form::word},
    {"enabled_feature_list", Form::word},
    {"encryption_status", Form::word},
    {"entityType", Form::word},
    {"entity_type", Form::word},
    {"entity_version", Form::number},
    {"erasureCode", Form::word},
    {"error", Form::product},
    {"errorGroup", Form::word},
    {"eventType", Form::word},
    {"external_connectivity_state", Form::word},
    {"flash_mode", Form::word},
    {"fullVersion", Form::product},
    {"full_version", Form::product},
    {"guestDriverVersion", Form::product},
    {"guestOsBuildNumber", Form::product},
    {"guestOsFullName", Form::product},
    {"guestOsName", Form::product},
    {"guestOsVersion", Form::product},
    {"guest_driver_version", Form::product},
    {"guest_os_version", Form::product},
    {"hostType", Form::word},
    {"host_type", Form::word},
    {"hypervisorType", Form::word},
    {"hypervisorTypes", Form::word},
    {"hypervisor_full_name", Form::product},
    {"hypervisor_type", Form::word},
    {"image_type", Form::word},
    {"impactTypes", Form::word},
    {"impact_type_list", Form::word},
    {"isoType", Form::word},
    {"installedSoftwareVersion", Form::product},
    {"iso_mount_state", Form::word},
    {"kind", Form::word},
    {"locale", Form::locale},
    {"location", Form::word},
    {"machineType", Form::word},
    {"machine_type", Form::word},
    {"maintenanceState", Form::word},
    {"mechanism", Form::word},
    {"metric", Form::word},
    {"mode", Form::word},
    {"model", Form::product},
    {"monitoring_state", Form::word},
    {"ngt_state", Form::word},
    {"nicType", Form::word},
    {"nic_type", Form::word},
    {"nodeStatus", Form::word},
    {"onDiskDedup", Form::word},
    {"operation", Form::word},
    {"operationMode", Form::word},
    {"operationType", Form::word},
    {"operation_mode", Form::word},
    {"ownerType", Form::word},
    {"paramName", Form::word},
    {"pc_size", Form::word},
    {"peer_specification_type", Form::word},
    {"powerState", Form::word},
    {"power_state", Form::word},
    {"protectionType", Form::word},
    {"protection_type", Form::word},
    {"protocol", Form::word},
    {"reason", Form::word},
    {"recoveryPointType", Form::word},
    {"rel", Form::word},
    {"resourceGroup", Form::word},
    {"resourceType", Form::word},
    {"resource_type", Form::word},
    {"scope", Form::word},
    {"securedGroupAction", Form::word},
    {"service_list", Form::word},
    {"severity", Form::word},
    {"sharingStatus", Form::word},
    {"sharing_status", Form::word},
    {"size", Form::word},
    {"softwareType", Form::word},
    {"software_type", Form::word},
    {"sort_attribute", Form::word},
    {"sort_order", Form::word},
    {"srcAllowSpec", Form::word},
    {"state", Form::word},
    {"status", Form::word},
    {"storageTier", Form::word},
    {"subnetType", Form::word},
    {"subnet_type", Form::word},
    {"supported_information_verbosity", Form::word},
    {"supportedSoftwareVersion", Form::product},
    {"type", Form::word},
    {"units", Form::word},
    {"upgradeStatus", Form::word},
    {"usageType", Form::word},
    {"values", Form::number},
    {"vendor", Form::word},
    {"version", Form::product},
    {"vlanMode", Form::word},
    {"vlan_mode", Form::word},
    {"vmGuestCustomizationStatus", Form::word},
    {"vpcType", Form::word},
};

// Words of paths; modules read nothing else.
constexpr std::string_view kept_segments[] = {
    "access_control_policies",
    "ahv",
    "alerts",
    "api",
    "audits",
    "authn",
    "categories",
    "clustermgmt",
    "clusters",
    "config",
    "content",
    "dataprotection",
    "domain-managers",
    "entities",
    "esxi",
    "events",
    "floating-ips",
    "floating_ips",
    "gateways",
    "groups",
    "hosts",
    "iam",
    "images",
    "info",
    "licensing",
    "list",
    "microseg",
    "monitoring",
    "multidomain",
    "network_security_rules",
    "networking",
    "nutanix",
    "policies",
    "prism",
    "prism_central",
    "projects",
    "recovery-points",
    "roles",
    "serviceability",
    "stats",
    "storage-containers",
    "subnets",
    "tasks",
    "unversioned",
    "users",
    "me",
    "v3",
    "virtual-switches",
    "vm-attachments",
    "vms",
    "vmm",
    "volume-groups",
    "volumes",
    "volume_groups",
    "vpcs",
    "disks",
};

constexpr std::string_view free_maps[] = {"argumentsMap",      "categories",  "categories_mapping",
                                          "categories_filter", "labels",      "parameters",
                                          "annotations",       "tags",        "user_data",
                                          "customAttributes",  "metadataMap", "params"};

constexpr std::string_view kept_parameters[] = {"$orderby", "$select", "$expand", "$apply"};

const std::unordered_map<std::string_view, Form>& forms() {
    static const std::unordered_map<std::string_view, Form> all = [] {
        std::unordered_map<std::string_view, Form> made;
        for (const Kept& one : kept_texts) {
            made.emplace(one.key, one.form);
        }
        return made;
    }();
    return all;
}

template <class List>
bool is_among(const List& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool is_locale(std::string_view text) {
    return text.size() == 5 && (text[2] == '-' || text[2] == '_') && is_word(text.substr(0, 2)) &&
           is_word(text.substr(3));
}

// "VMM-40000", "40000", "AUTHENTICATION_REQUIRED"
bool is_error_code(std::string_view text) {
    const std::size_t dash = text.find('-');
    return is_word(text) || is_number(text) ||
           (dash != std::string_view::npos && is_word(text.substr(0, dash)) &&
            is_number(text.substr(dash + 1)));
}

bool has_form(std::string_view text, Form form) {
    switch (form) {
        case Form::word:
            return is_word(text);
        case Form::number:
            return is_number(text);
        case Form::product:
            // An address is no version, whatever its key says.
            return is_product_text(text) && !is_ipv4(text) && !is_ipv6(text) && !is_uuid(text);
        case Form::type:
            return is_type_name(text);
        case Form::locale:
            return is_locale(text);
        case Form::error_code:
            break;
    }
    return is_error_code(text);
}

}  // namespace

bool is_kept_text(Place place, std::string_view text) {
    if (text.empty() || is_date(text) || is_api_version(text)) {
        return true;
    }
    if (!place.key.empty() && place.key.front() == '$') {
        return is_type_name(text);
    }
    if (place.is_free) {
        return false;
    }
    if (place.key == "name" && place.parent == "flags") {
        return is_word(text);
    }
    if (place.parent == "stats" || place.parent == "usage_stats") {
        return is_number(text);
    }
    const auto found = forms().find(place.key);
    return found != forms().end() && has_form(text, found->second);
}

bool is_kept_key(std::string_view key) {
    if (key.empty() || key.size() > 64) {
        return false;
    }
    const char first = key.front();
    return (first == '$' || (first >= 'a' && first <= 'z')) &&
           std::all_of(key.begin(), key.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '$' || c == '.';
           });
}

bool is_free_map(std::string_view key) { return is_among(free_maps, key); }

bool is_kept_segment(std::string_view segment) {
    return is_among(kept_segments, segment) || is_api_version(segment);
}

bool is_kept_parameter(std::string_view name) { return is_among(kept_parameters, name); }

}  // namespace pf::host::capture
