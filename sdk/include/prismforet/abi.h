/* The module ABI of prismforet, whole. C11 and C++.
 *
 * A module is a shared library with one exported function, pf_module_entry_v0, which returns a
 * pf_module: a descriptor (what it reads, what it makes) and create/destroy. create registers a
 * table per concern, e.g. pf_inventory. The host calls the concern's handlers, and these use the
 * services in pf_host: lists of Prism entities, a reader for JSON, a writer for resources,
 * look-ups, outcomes. C++ authors start from prismforet/module.hpp instead. */
#ifndef PRISMFORET_ABI_H
#define PRISMFORET_ABI_H

#include "prismforet/abi/central.h"
#include "prismforet/abi/charges.h"
#include "prismforet/abi/clock.h"
#include "prismforet/abi/cost.h"
#include "prismforet/abi/events.h"
#include "prismforet/abi/host.h"
#include "prismforet/abi/inventory.h"
#include "prismforet/abi/list.h"
#include "prismforet/abi/lookup.h"
#include "prismforet/abi/metrics.h"
#include "prismforet/abi/module.h"
#include "prismforet/abi/notify.h"
#include "prismforet/abi/outbound.h"
#include "prismforet/abi/outcome.h"
#include "prismforet/abi/reader.h"
#include "prismforet/abi/series.h"
#include "prismforet/abi/shapes.h"
#include "prismforet/abi/statistics.h"
#include "prismforet/abi/types.h"
#include "prismforet/abi/writer.h"

#endif
