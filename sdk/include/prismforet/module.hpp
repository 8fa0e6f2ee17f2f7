// prismforet/module.hpp: all a C++20 author needs to write a module. Only the standard library.
//
//   class Images final : public pf::Inventory {
//     public:
//       void collect(pf::Call& call, std::uint32_t output, pf::Value,
//                    std::string_view cluster) const override {
//           for (pf::Value image : call.list(images, {.cluster = cluster})) {
//               pf::Row row = call.begin(output, image, image["extId"].str());
//               row.name(image["name"].str());
//           }
//       }
//   };
//   PF_MODULE(Images)
#pragma once

#include "prismforet/cpp/call.hpp"
#include "prismforet/cpp/cost.hpp"
#include "prismforet/cpp/events.hpp"
#include "prismforet/cpp/failure.hpp"
#include "prismforet/cpp/glue.hpp"
#include "prismforet/cpp/inventory.hpp"
#include "prismforet/cpp/list.hpp"
#include "prismforet/cpp/lookup.hpp"
#include "prismforet/cpp/metrics.hpp"
#include "prismforet/cpp/monitoring.hpp"
#include "prismforet/cpp/notify.hpp"
#include "prismforet/cpp/row.hpp"
#include "prismforet/cpp/value.hpp"
#include "prismforet/cpp/writer.hpp"
