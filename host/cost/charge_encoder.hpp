// ChargeEncoder: cost records as the bytes of spaceone.api.cost_analysis.plugin.CostsInfo.
//
// A CostsInfo is nothing but its results one behind the other, so a page of records is the content
// of a buffer to which they were appended. All lengths are computed before the first byte is
// written: nothing is shifted, and nothing is allocated but the buffer.
#pragma once

#include <string>
#include <string_view>

#include "host/cost/charge.hpp"
#include "host/encoding/buffer.hpp"

namespace pf::host::cost {

class ChargeEncoder {
  public:
    // `provider` and `account` are the same for every record. UTF-8.
    ChargeEncoder(std::string_view provider, std::string_view account);

    // Appends the record to `page`. Empty texts are left out, as protobuf does; `data` stays empty.
    void append(const Charge& charge, encoding::Buffer& page) const;

  private:
    std::string provider_;  // the encoded field
    std::string account_;   // the encoded entry of additional_info
};

}  // namespace pf::host::cost
