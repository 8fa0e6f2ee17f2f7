# Small modules for the loader's tests, most of them broken in one way. Each becomes
# fixtures/<name>.so with fixtures/<name>.module.json beside it; tests copy what they need.
# They are built by hand and not by prismforet_add_module, which would refuse to make them.

set(fixtures_source "${CMAKE_CURRENT_LIST_DIR}")
set(fixtures_directory "${CMAKE_CURRENT_BINARY_DIR}/fixtures")
set(loader_fixtures)
file(READ "${fixtures_source}/descriptor.json.in" descriptor_template)
file(WRITE "${fixtures_directory}/exports.map"
    "{ global: pf_module_entry_v*; fixture_extra*; local: *; };\n")

# loader_fixture(NAME [SOURCE file] [DEFINES ...] [LIBS ...] [DESCRIPTOR text] [SIDECAR text]):
# DESCRIPTOR is what is inside, when it is not the template; SIDECAR is what lies beside the
# library, when it is not what is inside.
function(loader_fixture name)
    cmake_parse_arguments(ARG "" "SOURCE;DESCRIPTOR;SIDECAR" "DEFINES;LIBS" ${ARGN})
    if(NOT ARG_SOURCE)
        set(ARG_SOURCE module.c)
    endif()
    string(REPLACE "@NAME@" "${name}" text "${descriptor_template}")
    if(DEFINED ARG_DESCRIPTOR)
        set(text "${ARG_DESCRIPTOR}")
    endif()
    string(REPLACE "\\" "\\\\" quoted "${text}")
    string(REPLACE "\"" "\\\"" quoted "${quoted}")
    string(REPLACE "\n" "\\n" quoted "${quoted}")
    file(CONFIGURE OUTPUT "${fixtures_directory}/${name}.inc" CONTENT "\"@quoted@\"\n" @ONLY)
    if(NOT DEFINED ARG_SIDECAR)
        set(ARG_SIDECAR "${text}")
    endif()
    file(CONFIGURE OUTPUT "${fixtures_directory}/${name}.module.json" CONTENT "@ARG_SIDECAR@" @ONLY)

    add_library(loader_fixture_${name} MODULE "${fixtures_source}/${ARG_SOURCE}")
    set_target_properties(loader_fixture_${name} PROPERTIES
        PREFIX "" OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY "${fixtures_directory}"
        LINK_DEPENDS "${fixtures_directory}/exports.map")
    target_include_directories(loader_fixture_${name} PRIVATE "${PROJECT_SOURCE_DIR}/sdk/include")
    target_compile_definitions(loader_fixture_${name} PRIVATE
        FIXTURE_DESCRIPTOR_FILE="${fixtures_directory}/${name}.inc" ${ARG_DEFINES})
    target_compile_options(loader_fixture_${name} PRIVATE -fvisibility=hidden)
    target_link_options(loader_fixture_${name} PRIVATE
        "LINKER:--version-script=${fixtures_directory}/exports.map" LINKER:--no-as-needed)
    target_link_libraries(loader_fixture_${name} PRIVATE pf_warnings ${ARG_LIBS})
    set(loader_fixtures ${loader_fixtures} loader_fixture_${name} PARENT_SCOPE)
endfunction()

loader_fixture(good)
loader_fixture(other_good)
loader_fixture(wrong_major DEFINES FIXTURE_ENTRY=pf_module_entry_v7)
loader_fixture(wrong_major_in_table DEFINES FIXTURE_MAJOR=7)
loader_fixture(no_entry DEFINES FIXTURE_ENTRY=fixture_extra_entry)
loader_fixture(short_struct DEFINES FIXTURE_STRUCT_SIZE=24)
loader_fixture(newer_minor DEFINES FIXTURE_MINOR=PF_ABI_MINOR+1)
loader_fixture(entry_null DEFINES FIXTURE_RETURNS=0)
loader_fixture(no_create DEFINES FIXTURE_NO_CREATE)
loader_fixture(broken_json SIDECAR "{\"schema\": \"prismforet/module/1\", ")
string(REPLACE "@NAME@" "broken_rule" breaking "${descriptor_template}")
string(REPLACE "\"endpoint\": \"things\"" "\"endpoint\": \"thinks\"" breaking "${breaking}")
loader_fixture(broken_rule SIDECAR "${breaking}")
loader_fixture(invalid SIDECAR "{\"schema\": \"prismforet/module/1\", \"name\": \"invalid\"}")
loader_fixture(differs)
string(REPLACE "@NAME@" "differs" differing "${descriptor_template}")
string(REPLACE "Reads nothing" "Reads little!" differing "${differing}")
file(CONFIGURE OUTPUT "${fixtures_directory}/differs.module.json" CONTENT "@differing@" @ONLY)
loader_fixture(unresolved DEFINES FIXTURE_UNRESOLVED)
loader_fixture(extra_symbol DEFINES FIXTURE_EXTRA)
loader_fixture(forbidden LIBS OpenSSL::Crypto)
loader_fixture(create_fails DEFINES FIXTURE_CREATE_RETURNS=PF_INVALID_ARGUMENT)
loader_fixture(create_garbage DEFINES FIXTURE_CREATE_RETURNS=4711)
loader_fixture(registers_nothing DEFINES FIXTURE_REGISTERS=0)
loader_fixture(registers_twice DEFINES FIXTURE_REGISTERS=2)
loader_fixture(registers_short DEFINES FIXTURE_TABLE_SIZE=8)
loader_fixture(registers_unknown DEFINES FIXTURE_CONCERN="pf.telepathy/1")
loader_fixture(throws SOURCE throwing_module.cpp)
# These end the process that loads them.
loader_fixture(constructor_throws SOURCE crashing_module.cpp DEFINES FIXTURE_CRASH_IN_CONSTRUCTOR)
loader_fixture(create_crashes SOURCE crashing_module.cpp)
# Two modules that make one kind.
string(REPLACE "@NAME@" "second_good" second "${descriptor_template}")
string(REPLACE "\"kind\": \"second_good\"" "\"kind\": \"good\"" second "${second}")
loader_fixture(second_good DESCRIPTOR "${second}")
# For tests elsewhere that load them too.
set_property(GLOBAL PROPERTY pf_loader_fixtures ${loader_fixtures})
