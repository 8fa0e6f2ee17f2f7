#pragma once
// How the simulated Prism behaves where sites differ or where nobody has verified what Prism does:
// one field per question, one value per reading. README.md says what each stands for.
// The defaults are what the golden shapes show.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace pf::sim {

/// Size of a Prism Central; its published rate limits are 30, 40, 60 and 80 requests per second.
enum class PcSize : std::uint8_t { xsmall, small, large, xlarge };

/// What OPTIONS /api/<namespace>/unversioned/info answers.
enum class InfoAnswer : std::uint8_t {
    version,
    status_403,
    status_404,
    status_405,
    status_501,
    html,  ///< 200 with a login page.
};
/// metadata.totalAvailableResults
enum class Totals : std::uint8_t { right, missing, larger, smaller };
/// How a list without entries looks.
enum class EmptyData : std::uint8_t { absent, array };
/// A v4 $limit over 100: a SchemaValidationError, or no entries.
enum class OverLimit : std::uint8_t { refused, empty };
/// The page behind the last one: an empty list, or 400 (v4) and 422 (v3).
enum class BehindEnd : std::uint8_t { empty, refused };
/// The forms of a v4 NIC: as they come, or all alike.
enum class NicForms : std::uint8_t { mixed, superseded, current, both };

/// What the times of v4 projects count since 1970.
enum class ProjectTimes : std::uint8_t { microseconds, milliseconds, seconds };

struct V4Readings {
    std::vector<std::string> absent_namespaces{};  ///< "networking": 404 for all of it.
    std::vector<std::string> beta_namespaces{};    ///< Served as v4.0.b1 only.
    InfoAnswer info = InfoAnswer::version;
    bool leaks_newer_fields = false;  ///< An older version shows the fields of the newest.
    Totals totals = Totals::right;
    std::uint32_t truncate_at = 0;  ///< Lists end after so many, isTruncated tells; 0: never.
    std::uint32_t default_limit = 50;
    std::uint32_t page_cap = 0;  ///< Entries per page whatever $limit says; 0: as asked.
    std::vector<std::string> refuse_orderby{};  ///< Lists ("vms", "all") where $orderby is a 400.
    std::vector<std::string> refuse_filter{};   ///< The same for $filter.
    NicForms nics = NicForms::mixed;
    bool empty_stats = false;         ///< Nothing was measured yet: statistics have no data.
    bool lists_volume_disks = false;  ///< The list of volume groups has their disks.
    ProjectTimes project_times = ProjectTimes::microseconds;
};

/// A v3 `length` over 500: answered with 500 entries, or refused with 422.
enum class LengthOver500 : std::uint8_t { capped, refused };
/// A v3 filter or sort attribute the list does not know: 422, or as if it were not there.
enum class UnknownAttribute : std::uint8_t { refused, ignored };

struct V3Readings {
    LengthOver500 length_over_500 = LengthOver500::capped;
    UnknownAttribute unknown_attribute = UnknownAttribute::refused;
    std::uint32_t groups_cap = 0;     ///< Rows of groups at once whatever is asked; 0: as asked.
    bool pages_clusters = false;      ///< clusters/list obeys and answers offset and length.
    bool shows_pseudo_hosts = false;  ///< hosts/list has Prism Central's own, without hypervisor.
    bool shows_ipv6 = true;           ///< Learned IPv6 addresses stand among the IP endpoints.
    std::uint32_t error_vms = 0;      ///< Percent of VMs in state ERROR without resources.
    std::vector<std::string> error_in_200{};  ///< Kinds ("vm") whose list is an ERROR with 200.
    bool plain_401 = false;                   ///< 401 has a text body instead of JSON.
};

/// What is posted when something happens to an alert.
enum class WebhookForm : std::uint8_t {
    v3,         ///< A webhook of API v3 whose data is the alert.
    reference,  ///< The same without data.
    playbook,   ///< What docs/alerts.md has for playbooks.
};

/// When an answer sets session cookies.
enum class Cookies : std::uint8_t {
    at_login,  ///< Answers to an Authorization header or an API key.
    always,    ///< Answers to a cookie as well: the same session, prolonged.
    never,
};
enum class CookieNames : std::uint8_t {
    igw,         ///< NTNX_IGW_SESSION
    jsessionid,  ///< JSESSIONID
    both,        ///< Both are set, and both are needed.
};

struct AccessReadings {
    Cookies cookies = Cookies::at_login;
    CookieNames cookie_names = CookieNames::igw;
    std::uint32_t redirects = 0;      ///< The first logins get a 302 with X-Redirect-Token.
    bool product_on_401 = true;       ///< X-Ntnx-Product stands on 401 answers.
    bool product_on_v4 = true;        ///< X-Ntnx-Product stands on answers of v4.
    std::uint32_t visible_vms = 100;  ///< Percent of the VMs the account sees.
    std::uint32_t visible_clusters =
        100;  ///< Percent of the clusters; what is in others is unseen.
    std::vector<std::string> forbidden{};      ///< KIND or KIND=ROLE: 403; the role is named.
    std::vector<std::string> account_roles{};  ///< Names; empty: v3 shows none.
    std::uint32_t logins_at_once = 0;  ///< More Basic logins at once get 401; 0: any number.
    std::chrono::milliseconds login_time{100};  ///< How long such a login takes.
};

}  // namespace pf::sim
