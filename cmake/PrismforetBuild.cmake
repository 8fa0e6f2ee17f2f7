# How every target of this repository is compiled: language level, warnings, sanitizers, places.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(PF_MODULE_DIRECTORY "${CMAKE_BINARY_DIR}/modules")
# Modules must not bind to the host's symbols by accident, so executables export none.
set(CMAKE_ENABLE_EXPORTS OFF)

find_package(Threads REQUIRED)

add_library(pf_warnings INTERFACE)
target_compile_options(pf_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow $<$<COMPILE_LANGUAGE:CXX>:-Wconversion -Wnon-virtual-dtor>)

# Hardening and reproducible paths for everything we ship.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=
    $<$<CONFIG:Release>:-fstack-protector-strong> $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
add_link_options(LINKER:-z,relro LINKER:-z,now)

# One level of optimisation keeps sanitized tests quick and their traces readable.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")

if(PF_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined
                        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()

if(PF_TSAN)
    add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
    add_link_options(-fsanitize=thread)
endif()

# libFuzzer follows what an input reaches; its main() goes into the targets only.
if(PF_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# pf_add_library(NAME SOURCES ... [PUBLIC libs] [PRIVATE libs]): a static library of the host.
function(pf_add_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE pf_warnings ${ARG_PRIVATE})
endfunction()

# A test's own text is checked by AddressSanitizer and run once: optimising it, and checking each of
# its pointers, would more than double the time it takes to compile. What it tests keeps all checks.
set(PF_TEST_OPTIONS -O0 -fno-sanitize=null,alignment,object-size,vptr)

# The tests with the label concurrent, which ./dev tsan builds with ThreadSanitizer and runs.
add_custom_target(concurrent_tests)

# pf_add_test(NAME SOURCES ... LIBS ... LABELS ... [ENV K=V ...]): one Catch2 program, one CTest entry.
function(pf_add_test name)
    if(NOT PF_TESTS)
        return()
    endif()
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBS;LABELS;ENV" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 300)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    set_target_properties(${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/test-bin")
    target_link_libraries(${name} PRIVATE pf_warnings pf_catch_main ${ARG_LIBS})
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    if(PF_SANITIZE)
        target_compile_options(${name} PRIVATE ${PF_TEST_OPTIONS})
    endif()
    if(concurrent IN_LIST ARG_LABELS)
        add_dependencies(concurrent_tests ${name})
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
        ENVIRONMENT "UBSAN_OPTIONS=print_stacktrace=1;ASAN_OPTIONS=detect_leaks=1;${ARG_ENV}")
endfunction()
