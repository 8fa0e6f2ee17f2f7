// Names of threads, so that `top -H` and a profile tell what the time is spent on.
#pragma once

#include <pthread.h>

namespace pf::host {

// Names the calling thread; at most 15 characters.
inline void name_thread(const char* name) noexcept { pthread_setname_np(pthread_self(), name); }

}  // namespace pf::host
