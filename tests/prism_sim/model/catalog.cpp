#include "tests/prism_sim/model/catalog.hpp"

#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {
namespace {

struct CategoryText {
    CategoryOrigin origin;
    const char* key;
    const char* value;
    const char* description;
};

constexpr auto kSystem = CategoryOrigin::system;
constexpr auto kUser = CategoryOrigin::user;
constexpr auto kInternal = CategoryOrigin::internal;

constexpr CategoryText kCategories[] = {
    {kSystem, "Environment", "Production", ""},
    {kSystem, "Environment", "Staging", ""},
    {kSystem, "Environment", "Testing", ""},
    {kSystem, "Environment", "Dev", ""},
    {kSystem, "AppType", "Default", ""},
    {kSystem, "AppType", "Kubernetes", ""},
    {kSystem, "AppType", "Microsoft_SQL", ""},
    {kSystem, "AppType", "Oracle_DB", ""},
    {kUser, "AppTier", "Web", "web tier"},
    {kUser, "AppTier", "App", "application tier"},
    {kUser, "AppTier", "Db", "database tier"},
    {kUser, "AppTier", "Cache", ""},
    {kUser, "CostCenter", "1000", ""},
    {kUser, "CostCenter", "1200", ""},
    {kUser, "CostCenter", "4711", "research"},
    {kUser, "CostCenter", "9 000 (shared)", ""},
    {kUser, "Team", "blue", ""},
    {kUser, "Team", "green", ""},
    {kUser, "Team", "운영팀", "operations"},
    {kUser, "Team", "R&D <core>", "markup in a value"},
    {kUser, "Owner", "J. Müller", ""},
    {kUser, "Owner", "José \"Pepe\" García", ""},
    {kUser, "Backup", "daily", ""},
    {kUser, "Backup", "weekly", ""},
    {kUser, "Compliance", "PCI-DSS", ""},
    {kUser, "Compliance", "GDPR", ""},
    {kUser, "Compliance", "ISO 27001", ""},
    {kUser, "a/b:c=d", "x/y:z=1", "separators in key and value"},
    {kInternal, "VirtualNetworkType", "Tenant", ""},
    {kInternal, "Storage", "Default", ""},
};

struct ProjectText {
    const char* name;
    const char* description;
};
constexpr ProjectText kProjects[] = {
    {"default", "default project"}, {"team-blue", ""},         {"team-green", "web shop"},
    {"research", "labs"},           {"Büro & Verwaltung", ""}, {"연구소", "research institute"},
};

struct ImageText {
    ImageType type;
    const char* name;
    const char* description;
    const char* url;
};
constexpr auto kDisk = ImageType::disk;
constexpr auto kIso = ImageType::iso;
constexpr std::array<ImageText, kDiskImages + kIsoImages> kImages = {{
    {kDisk, "ubuntu-22.04-server", "cloud image", "https://images.example.test/ubuntu-22.04.qcow2"},
    {kDisk, "debian-12-genericcloud", "", "https://images.example.test/debian-12.qcow2"},
    {kDisk, "rocky-9.4", "", ""},
    {kDisk, "rhel-8.10", "subscription needed", ""},
    {kDisk, "windows-2022-sysprep", "golden image", ""},
    {kDisk, "windows-11-vdi", "", ""},
    // A URL may carry a credential: a client must not pass it on.
    {kDisk, "k8s-node-1.30", "", "https://reader:example-only@images.example.test/k8s-1.30.qcow2"},
    {kDisk, "기본 이미지 (Büro)", "not ASCII", ""},
    {kIso, "ubuntu-22.04-live-server.iso", "", "https://images.example.test/ubuntu-22.04.iso"},
    {kIso, "windows-2022.iso", "installer", ""},
    {kIso, "Nutanix-VirtIO-1.2.3.iso", "drivers", ""},
    {kIso, "rescue.iso", "", ""},
}};
constexpr std::uint32_t kUsers = 8;
constexpr std::uint64_t kFirstImageUs = 1'767'225'600'000'000ULL;
constexpr std::uint64_t kMiB = 1ULL << 20;

constexpr std::uint64_t kFirstProjectUs = 1'759'276'800'000'000ULL;
constexpr std::uint64_t kMonthUs = 2'592'000'000'000ULL;

}  // namespace

std::vector<Category> make_categories(std::uint64_t seed) {
    std::vector<Category> categories;
    for (const CategoryText& text : kCategories) {
        const Uuid id = make_uuid(seed, Kind::category, categories.size());
        categories.push_back({id, text.key, text.value, text.description, text.origin});
    }
    return categories;
}

std::vector<Project> make_projects(std::uint64_t seed) {
    std::vector<Project> projects;
    for (const ProjectText& text : kProjects) {
        const std::uint64_t index = projects.size();
        projects.push_back({make_uuid(seed, Kind::project, index), text.name, text.description,
                            index == 0, kFirstProjectUs + index * kMonthUs});
    }
    return projects;
}

std::vector<User> make_users(std::uint64_t seed, const std::string& account) {
    std::vector<User> users;
    for (std::uint32_t i = 0; i < kUsers; ++i) {
        const std::string name = i == 0 ? account : "user-" + std::to_string(i) + "@example.test";
        users.push_back({make_uuid(seed, Kind::user, i), name});
    }
    return users;
}

std::vector<Image> make_images(std::uint64_t seed, std::uint32_t clusters) {
    std::vector<Image> images;
    for (const ImageText& text : kImages) {
        const auto index = static_cast<std::uint32_t>(images.size());
        Draws draws(seed, Kind::image, index);
        Image image;
        image.id = make_uuid(seed, Kind::image, index);
        image.name = text.name;
        image.description = text.description;
        image.type = text.type;
        image.bytes = (400 + draws.below(8000)) * kMiB + draws.below(1000) * 512;
        image.created_us = kFirstImageUs + draws.below(100 * 86'400) * 1'000'000ULL;
        image.source_url = text.url;
        image.owner = index % 3 == 2 ? kNone : draws.below(kUsers);
        image.category = index % 4 == 0 ? draws.below(4) : kNone;
        for (std::uint32_t c = 0; c < clusters; ++c)
            if (index % 3 == 0 || draws.chance(50)) image.clusters.push_back(c);
        images.push_back(std::move(image));
    }
    return images;
}

}  // namespace pf::sim
