#include "tests/prism_sim/reading_options.hpp"

#include <map>
#include <string>

namespace pf::sim {
namespace {

// An option whose value is one of a few words.
template <class Enum>
CLI::Option* choice(CLI::App& app, const std::string& name, Enum& target,
                    const std::map<std::string, Enum>& words, const std::string& help) {
    std::string otherwise;
    for (const auto& [word, value] : words)
        if (value == target) otherwise = word;
    const auto set = [&target, words](const std::string& word) { target = words.at(word); };
    return app.add_option_function<std::string>(name, set, help)
        ->check(CLI::IsMember(words))
        ->default_str(otherwise);
}

void add_central_options(CLI::App& app, Config& config) {
    choice<PcSize>(app, "--pc-size", config.pc_size,
                   {{"xsmall", PcSize::xsmall},
                    {"small", PcSize::small},
                    {"large", PcSize::large},
                    {"xlarge", PcSize::xlarge}},
                   "Size of the Prism Central");
    app.add_flag("--rate-limit-of-size", config.rate_limit_of_size,
                 "Published limit of the size: 30, 40, 60 or 80 requests per second");
    choice<BehindEnd>(app, "--behind-end", config.behind_end,
                      {{"empty", BehindEnd::empty}, {"refused", BehindEnd::refused}},
                      "The page behind the last one of a list: empty, or an error");
    app.add_flag("--prism-element", config.prism_element,
                 "A cluster's own Prism: v2 and a part of v3, no v4");
}

void add_webhook_options(CLI::App& app, Config& config) {
    app.add_option("--webhook-url", config.webhooks,
                   "Post each change of an alert here; may be repeated");
    choice<WebhookForm>(
        app, "--webhook-form", config.webhook_form,
        {{"v3", WebhookForm::v3},
         {"reference", WebhookForm::reference},
         {"playbook", WebhookForm::playbook}},
        "Body of such a post: a webhook of v3, one with no more than a reference, or "
        "a playbook's");
}

void add_v4_options(CLI::App& app, V4Readings& v4) {
    app.add_option("--absent-namespace", v4.absent_namespaces, "404 for this v4 namespace");
    app.add_option("--beta-namespace", v4.beta_namespaces, "This v4 namespace is v4.0.b1 only");
    choice<InfoAnswer>(app, "--info", v4.info,
                       {{"version", InfoAnswer::version},
                        {"403", InfoAnswer::status_403},
                        {"404", InfoAnswer::status_404},
                        {"405", InfoAnswer::status_405},
                        {"501", InfoAnswer::status_501},
                        {"html", InfoAnswer::html}},
                       "Answer to OPTIONS /api/<namespace>/unversioned/info");
    app.add_flag("--leak-newer-fields", v4.leaks_newer_fields,
                 "An older v4 version shows the newest fields");
    choice<Totals>(app, "--totals", v4.totals,
                   {{"right", Totals::right},
                    {"missing", Totals::missing},
                    {"larger", Totals::larger},
                    {"smaller", Totals::smaller}},
                   "totalAvailableResults of v4 lists");
    app.add_option("--truncate-at", v4.truncate_at, "v4 lists end after so many; 0: never");
    app.add_option("--default-limit", v4.default_limit, "Entries of a v4 page without $limit")
        ->capture_default_str();
    app.add_option("--page-cap", v4.page_cap, "Most entries of a v4 page, whatever $limit says");
    app.add_option("--refuse-orderby", v4.refuse_orderby, "400 for $orderby on this list, or all");
    app.add_option("--refuse-filter", v4.refuse_filter, "400 for $filter on this list, or all");
    app.add_flag("--list-volume-disks", v4.lists_volume_disks,
                 "The v4 list of volume groups has their disks");
    choice<ProjectTimes>(app, "--project-times", v4.project_times,
                         {{"us", ProjectTimes::microseconds},
                          {"ms", ProjectTimes::milliseconds},
                          {"s", ProjectTimes::seconds}},
                         "What the times of v4 projects count");
    app.add_flag("--empty-stats", v4.empty_stats, "v4 statistics have no data");
    choice<NicForms>(app, "--nics", v4.nics,
                     {{"mixed", NicForms::mixed},
                      {"old", NicForms::superseded},
                      {"new", NicForms::current},
                      {"both", NicForms::both}},
                     "Forms of v4 NICs");
}

void add_v3_options(CLI::App& app, V3Readings& v3) {
    choice<LengthOver500>(app, "--v3-length-over-500", v3.length_over_500,
                          {{"capped", LengthOver500::capped}, {"refused", LengthOver500::refused}},
                          "Answer to a v3 length over 500");
    choice<UnknownAttribute>(
        app, "--v3-unknown-attribute", v3.unknown_attribute,
        {{"refused", UnknownAttribute::refused}, {"ignored", UnknownAttribute::ignored}},
        "Answer to an unknown v3 filter or sort attribute");
    app.add_option("--v3-groups-cap", v3.groups_cap,
                   "Rows of v3 groups at once whatever is asked for; 0: as asked");
    app.add_flag("--v3-pages-clusters", v3.pages_clusters,
                 "v3 clusters/list obeys offset and length");
    app.add_flag("--v3-pseudo-hosts", v3.shows_pseudo_hosts,
                 "v3 hosts/list has Prism Central's own, without hypervisor");
    app.add_flag("!--v3-no-ipv6", v3.shows_ipv6, "v3 NICs have no IPv6 endpoints");
    app.add_option("--v3-error-vms", v3.error_vms, "Percent of VMs in v3 state ERROR");
    app.add_option("--v3-error-in-200", v3.error_in_200,
                   "The v3 list of this kind answers 200 with state ERROR");
    app.add_flag("--v3-plain-401", v3.plain_401, "v3 401 has a text body");
}

void add_access_options(CLI::App& app, AccessReadings& access) {
    choice<Cookies>(
        app, "--cookies", access.cookies,
        {{"login", Cookies::at_login}, {"always", Cookies::always}, {"never", Cookies::never}},
        "Which answers set session cookies");
    choice<CookieNames>(app, "--cookie-names", access.cookie_names,
                        {{"igw", CookieNames::igw},
                         {"jsessionid", CookieNames::jsessionid},
                         {"both", CookieNames::both}},
                        "NTNX_IGW_SESSION, JSESSIONID or both");
    app.add_option("--redirects", access.redirects,
                   "The first logins get a 302 with X-Redirect-Token");
    app.add_flag("!--no-product-on-401", access.product_on_401, "401 without X-Ntnx-Product");
    app.add_flag("!--no-product-on-v4", access.product_on_v4, "v4 without X-Ntnx-Product");
    app.add_option("--visible-vms", access.visible_vms, "Percent of the VMs the account sees")
        ->capture_default_str();
    app.add_option("--visible-clusters", access.visible_clusters,
                   "Percent of the clusters the account sees")
        ->capture_default_str();
    app.add_option("--forbid", access.forbidden, "KIND or KIND=ROLE: 403, naming the role");
    app.add_option("--account-roles", access.account_roles,
                   "Roles that v3 shows of the account; none: it shows no policies");
    app.add_option("--logins-at-once", access.logins_at_once,
                   "More Basic logins at once get 401; 0: any number");
    app.add_option("--login-ms", access.login_time, "How long such a login takes")
        ->default_str("100");
}

void add_statistics_options(CLI::App& app, StatisticsReadings& stats) {
    app.add_option("--stats-now", stats.now_s,
                   "Seconds since 1970 that are now to statistics; 0: by the clock");
    app.add_option("--stats-delay-seconds", stats.delay_s, "The newest so many are not there yet")
        ->capture_default_str();
    app.add_option("--stats-raw-days", stats.raw_days, "Older samples are hourly")
        ->capture_default_str();
    app.add_option("--stats-days", stats.days, "Older samples are gone")->capture_default_str();
    app.add_option("--stats-most-samples", stats.most_samples,
                   "Of an answer: entries times samples")
        ->capture_default_str();
    choice<OverSamples>(app, "--stats-over-most", stats.over_samples,
                        {{"refused", OverSamples::refused}, {"newest", OverSamples::newest}},
                        "A request for more than that: an error, or the newest");
    app.add_option("--stats-unmeasured", stats.unmeasured,
                   "Percent of entities that were not measured yet");
    choice<StatType>(app, "--stats-default-type", stats.default_type,
                     {{"avg", StatType::avg}, {"last", StatType::last}},
                     "Statistic of a request that names none");
    choice<OffRows>(app, "--stats-off-rows", stats.off_rows,
                    {{"empty", OffRows::empty}, {"absent", OffRows::absent}},
                    "A VM without a sample: empty, or no entry");
    choice<OffSamples>(app, "--stats-off-samples", stats.off_samples,
                       {{"missing", OffSamples::missing},
                        {"zero", OffSamples::zero},
                        {"minus-one", OffSamples::minus_one}},
                       "What stands for a time a VM was off");
    choice<RunningTime>(app, "--stats-running-time", stats.running_time,
                        {{"interval", RunningTime::interval},
                         {"sample", RunningTime::sample},
                         {"counter", RunningTime::counter}},
                        "What hypervisorVmRunningTimeUsecs counts");
    choice<SampleGrid>(app, "--stats-grid", stats.grid,
                       {{"epoch", SampleGrid::epoch}, {"start", SampleGrid::start}},
                       "What samples are aligned to");
    choice<SampleStamp>(app, "--stats-stamp", stats.stamp,
                        {{"begin", SampleStamp::begin}, {"end", SampleStamp::end}},
                        "Which end of its interval the time of a sample is");
    choice<StatsFilter>(
        app, "--stats-filter", stats.filter,
        {{"any", StatsFilter::any},
         {"either", StatsFilter::either},
         {"one", StatsFilter::one},
         {"refused", StatsFilter::refused}},
        "Filters on extId the list of VM statistics takes: all, no 'in', one, none");
    choice<UnknownSelect>(
        app, "--stats-unknown-select", stats.unknown_select,
        {{"refused", UnknownSelect::refused}, {"ignored", UnknownSelect::ignored}},
        "A name in $select of statistics that is not known");
    app.add_flag("--stats-strict-select", stats.selects_strictly,
                 "extId and timestamp have to be selected, too");
    choice<GroupsTime>(app, "--v3-groups-time", stats.groups_time,
                       {{"us", GroupsTime::microseconds}, {"ms", GroupsTime::milliseconds}},
                       "What the times of v3 groups count");
    choice<GroupsIds>(app, "--v3-groups-ids", stats.groups_ids,
                      {{"honoured", GroupsIds::honoured}, {"ignored", GroupsIds::ignored}},
                      "entity_ids of v3 groups");
    app.add_flag("--v3-groups-last-only", stats.groups_last_only,
                 "v3 groups know no interval, the newest value only");
    choice<V2Missing>(app, "--v2-missing", stats.v2_missing,
                      {{"minus-one", V2Missing::minus_one}, {"null", V2Missing::null}},
                      "v2 series where there is no sample");
    app.add_option("--stats-gaps", stats.gaps, "Percent of samples that are missing");
    app.add_option("--stats-minus-ones", stats.minus_ones, "Percent of values that are -1");
    app.add_option("--stats-duplicates", stats.duplicates, "Percent of samples that come twice");
    app.add_option("--stats-disorder", stats.disorder, "Percent of samples out of order");
}

}  // namespace

void add_reading_options(CLI::App& app, Config& config) {
    add_central_options(app, config);
    add_webhook_options(app, config);
    add_v4_options(app, config.v4);
    add_v3_options(app, config.v3);
    add_access_options(app, config.access);
    add_statistics_options(app, config.statistics);
}

}  // namespace pf::sim
