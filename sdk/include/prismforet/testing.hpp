// prismforet/testing.hpp: unit tests of modules without host, network or other libraries.
//
// FakeHost runs a module against scripted answers and records what it writes, by the real
// writer's rules; compare.hpp holds the result against golden files. Any test framework will do.
#pragma once

#include "prismforet/testing/compare.hpp"
#include "prismforet/testing/document.hpp"
#include "prismforet/testing/fake_host.hpp"
#include "prismforet/testing/json.hpp"
#include "prismforet/testing/module_library.hpp"
#include "prismforet/testing/recorder.hpp"
#include "prismforet/testing/run.hpp"
#include "prismforet/testing/script.hpp"
#include "prismforet/testing/side_by_side.hpp"
