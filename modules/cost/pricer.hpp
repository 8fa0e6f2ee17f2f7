// What one bill costs on one day, part by part, rounded to millionths.
//
// A resource's day is rounded half-even as a whole and its parts by largest remainder, so that no
// part depends on other resources. Only where a cluster's pool has too little idle to take in what
// rounding leaves over, the total runs on from resource to resource: each gets what is due together
// with all before it, less what those got, which is within a millionth of its own.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "bill.hpp"
#include "tariff.hpp"

namespace cost {

struct Part {
    std::size_t slot = 0;
    Wide quantity = 0;  // fine units times seconds
    Wide priced = 0;    // the same, or weighted by bands
    Wide nano = 0;      // before rounding, billionths
    std::int64_t micros = 0;
};

class Pricer {
  public:
    Pricer(const Model& model, const Slots& slots, const Days& days, const Tariff& tariff,
           std::size_t clusters)
        : model_(model),
          slots_(slots),
          days_(days),
          tariff_(tariff),
          accounts_(clusters * days.size()) {}

    // Begins anew; bills have to come in the same order each time.
    void restart() { accounts_.assign(accounts_.size(), Account{}); }

    // The parts of the bill on the day, good until the next call.
    std::span<const Part> price(const Bill& bill, std::size_t day);

    // Millionths that have come out of a pool of a cluster on the day so far.
    std::int64_t drawn(std::size_t cluster, std::size_t day, Resource resource) const {
        return accounts_[cluster * days_.size() + day].drawn[resource];
    }

  private:
    struct Account {
        std::int64_t drawn[resource_count] = {};
        Wide quantity[resource_count] = {};  // of all bills up to here
        std::int64_t given = 0;
    };

    void add_part(std::size_t slot, Wide quantity, Wide priced, const Rate& rate);
    // The total of a group of parts that draw from pools where nothing may be left over.
    std::int64_t carried_total(const ClusterDay& entry, Account& account,
                               std::span<const Part> parts) const;
    void round(std::span<Part> parts, std::int64_t total);

    const Model& model_;
    const Slots& slots_;
    const Days& days_;
    const Tariff& tariff_;
    std::vector<Account> accounts_;
    std::vector<Part> parts_;
    std::vector<Wide> exact_;
    std::vector<std::int64_t> rounded_;
};

// The sum of the parts' millionths.
std::int64_t total_of(std::span<const Part> parts);

}  // namespace cost
