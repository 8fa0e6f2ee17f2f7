// The checks of a target, in the order in which they make sense, and those of this installation.
// Each reads only: OPTIONS, GET and list POSTs, a few of them.
#pragma once

#include <string>

#include "host/base/stop.hpp"
#include "host/doctor/examination.hpp"
#include "host/doctor/finding.hpp"
#include "host/runtime/modules.hpp"

namespace pf::host::doctor {

// The addresses of the host's name.
Finding check_dns(Examination& examination);
// A connection to each of them.
Finding check_tcp(Examination& examination);
// The handshake, and the certificate chain also when it is refused.
Finding check_tls(Examination& examination);
// Whether Prism lets the account in, and takes its session cookie again.
Finding check_login(Examination& examination);
// The server's time against ours.
Finding check_clock(Examination& examination);
// Who this Prism Central is: rows hang on its UUID.
Finding check_identity(Examination& examination);
// The version of each API that the modules need, and whether each list answers.
Finding check_api(Examination& examination);
// What the account may not read, and whether it could write.
Finding check_role(Examination& examination);
// Page size, default, total and order of the lists that rows are made of.
Finding check_paging(Examination& examination);
// The rate in force, and whether Prism asked for patience.
Finding check_limits(Examination& examination);

// The modules of this installation.
Finding check_modules(const runtime::Modules& modules);
// Whether the role's address can be listened on, or is served by this program already.
// `is_configured`: somebody chose the address.
Finding check_port(const std::string& address, bool is_configured, const Stop& stop);

}  // namespace pf::host::doctor
