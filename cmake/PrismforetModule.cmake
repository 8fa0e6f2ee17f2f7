# prismforet_add_module(): builds a module of prismforet. Ships with the SDK.
#
#   prismforet_add_module(images
#       SOURCES images.cpp            # C or C++
#       [DESCRIPTOR descriptor.json]  # default; console/<kind>.json beside it is merged in
#       [TESTS images_test.cpp]       # a program linked with the module's sources and the SDK
#       [TEST_LIBS lib...])           # what the tests need besides, e.g. a test framework's main
#
# Makes ${PF_MODULE_DIRECTORY}/images.so (default: <build>/modules) that exports one symbol, and
# images.module.json beside it with the same text that is embedded (C++: PF_MODULE takes it; C:
# PF_MODULE_DESCRIPTOR in the generated "prismforet_descriptor.h"). The build fails when the library
# exports or needs anything else.
#
# Targets: module_images (the library), module_images_objects (its sources, for tests).

set(PF_MODULE_CMAKE_DIRECTORY "${CMAKE_CURRENT_LIST_DIR}")

# The sources once, for the library and for the tests.
function(pf_detail_module_objects name descriptor sources)
    set(generated "${CMAKE_CURRENT_BINARY_DIR}/${name}_descriptor")
    file(GLOB console CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/console/*.json")
    add_custom_command(
        OUTPUT "${generated}/descriptor.cpp" "${generated}/descriptor.json"
               "${generated}/prismforet_descriptor.h"
        COMMAND "${CMAKE_COMMAND}" "-DNAME=${name}" "-DDESCRIPTOR=${descriptor}"
                "-DCONSOLE=${CMAKE_CURRENT_SOURCE_DIR}/console" "-DOUTPUT=${generated}"
                -P "${PF_MODULE_CMAKE_DIRECTORY}/PrismforetModuleEmbed.cmake"
        DEPENDS "${descriptor}" ${console}
                "${PF_MODULE_CMAKE_DIRECTORY}/PrismforetModuleEmbed.cmake"
        COMMENT "Descriptor of module ${name}"
        VERBATIM)
    # Compilers may have a limit for the length of literals, which they mention when asked.
    set_source_files_properties("${generated}/descriptor.cpp" PROPERTIES
        COMPILE_OPTIONS "-Wno-overlength-strings")

    add_library(module_${name}_objects OBJECT ${sources}
        "${generated}/descriptor.cpp" "${generated}/prismforet_descriptor.h")
    target_include_directories(module_${name}_objects PRIVATE "${generated}")
    set_target_properties(module_${name}_objects PROPERTIES
        POSITION_INDEPENDENT_CODE ON
        C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    target_compile_features(module_${name}_objects PUBLIC cxx_std_20 c_std_11)
    target_link_libraries(module_${name}_objects PUBLIC prismforet::sdk)
    if(TARGET pf_warnings)
        target_link_libraries(module_${name}_objects PRIVATE pf_warnings)
    endif()
endfunction()

function(pf_detail_module_library name)
    set(generated "${CMAKE_CURRENT_BINARY_DIR}/${name}_descriptor/descriptor.json")
    set(directory "${PF_MODULE_DIRECTORY}")
    if(NOT directory)
        set(directory "${CMAKE_BINARY_DIR}/modules")
    endif()
    set(script "${CMAKE_CURRENT_BINARY_DIR}/${name}.version")
    file(CONFIGURE OUTPUT "${script}" CONTENT "{ global: pf_module_entry_v0; local: *; };\n")

    add_library(module_${name} MODULE)
    target_link_libraries(module_${name} PRIVATE module_${name}_objects)
    set_target_properties(module_${name} PROPERTIES
        PREFIX "" OUTPUT_NAME "${name}" SUFFIX ".so" LINKER_LANGUAGE CXX
        LIBRARY_OUTPUT_DIRECTORY "${directory}"
        BUILD_RPATH "" INSTALL_RPATH "" SKIP_BUILD_RPATH ON
        LINK_DEPENDS "${script}")
    target_link_options(module_${name} PRIVATE
        "LINKER:--version-script=${script}" LINKER:-z,now LINKER:-z,relro LINKER:--as-needed)
    # Clang links the sanitizers' runtime into the program only, so a library has open ends there.
    if(NOT (PF_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES "Clang"))
        target_link_options(module_${name} PRIVATE LINKER:-z,defs)
    endif()
    add_custom_command(TARGET module_${name} POST_BUILD
        COMMAND "${CMAKE_COMMAND}" "-DFILE=$<TARGET_FILE:module_${name}>"
                "-DREADELF=${CMAKE_READELF}" "-DSANITIZE=$<OR:$<BOOL:${PF_SANITIZE}>,$<BOOL:${PF_TSAN}>>"
                -P "${PF_MODULE_CMAKE_DIRECTORY}/PrismforetModuleCheck.cmake"
        COMMAND "${CMAKE_COMMAND}" -E copy_if_different "${generated}"
                "${directory}/${name}.module.json"
        BYPRODUCTS "${directory}/${name}.module.json"
        VERBATIM)
endfunction()

function(pf_detail_module_tests name tests libraries)
    set(defines
        "PF_MODULE_LIBRARY=\"$<TARGET_FILE:module_${name}>\""
        "PF_MODULE_SOURCE_DIRECTORY=\"${CMAKE_CURRENT_SOURCE_DIR}\"")
    if(COMMAND pf_add_test)
        if(NOT PF_TESTS)
            return()
        endif()
        pf_add_test(${name}_test SOURCES ${tests}
            LIBS module_${name}_objects ${libraries} ${CMAKE_DL_LIBS} LABELS module)
    elseif(BUILD_TESTING OR NOT DEFINED BUILD_TESTING)
        add_executable(${name}_test ${tests})
        target_link_libraries(${name}_test PRIVATE
            module_${name}_objects ${libraries} ${CMAKE_DL_LIBS})
        add_test(NAME ${name}_test COMMAND ${name}_test)
    else()
        return()
    endif()
    target_compile_definitions(${name}_test PRIVATE ${defines})
    add_dependencies(${name}_test module_${name})
endfunction()

function(prismforet_add_module name)
    cmake_parse_arguments(ARG "" "DESCRIPTOR" "SOURCES;TESTS;TEST_LIBS" ${ARGN})
    if(NOT ARG_SOURCES OR ARG_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "prismforet_add_module(${name}): give SOURCES; "
            "the keywords are SOURCES, DESCRIPTOR, TESTS, TEST_LIBS")
    endif()
    if(NOT ARG_DESCRIPTOR)
        set(ARG_DESCRIPTOR descriptor.json)
    endif()
    cmake_path(ABSOLUTE_PATH ARG_DESCRIPTOR)
    pf_detail_module_objects(${name} "${ARG_DESCRIPTOR}" "${ARG_SOURCES}")
    pf_detail_module_library(${name})
    if(ARG_TESTS)
        pf_detail_module_tests(${name} "${ARG_TESTS}" "${ARG_TEST_LIBS}")
    endif()
endfunction()
