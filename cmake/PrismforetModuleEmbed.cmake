# Merges console/<kind>.json into a module's descriptor and embeds the result. Run by
# prismforet_add_module: NAME, DESCRIPTOR, CONSOLE (a folder, may be absent), OUTPUT (a folder).

cmake_minimum_required(VERSION 3.25)

file(READ "${DESCRIPTOR}" text)

function(required out)
    string(JSON value ERROR_VARIABLE error GET "${text}" ${ARGN})
    if(error)
        message(FATAL_ERROR "${DESCRIPTOR}: ${error}")
    endif()
    set(${out} "${value}" PARENT_SCOPE)
endfunction()

required(named name)
if(NOT named STREQUAL NAME)
    message(FATAL_ERROR "${DESCRIPTOR}: name is '${named}', but the module is built as '${NAME}'")
endif()

# A module that makes no resources, such as one of pf.cost/1, has no outputs.
string(JSON count ERROR_VARIABLE error LENGTH "${text}" outputs)
if(error)
    message(FATAL_ERROR "${DESCRIPTOR}: outputs must be a list. ${error}")
endif()
set(merged "")
set(i 0)
while(i LESS count)
    required(kind outputs ${i} kind)
    if(EXISTS "${CONSOLE}/${kind}.json")
        file(READ "${CONSOLE}/${kind}.json" console)
        string(JSON text ERROR_VARIABLE error SET "${text}" outputs ${i} console "${console}")
        if(error)
            message(FATAL_ERROR "${CONSOLE}/${kind}.json: ${error}")
        endif()
        list(APPEND merged "${CONSOLE}/${kind}.json")
    endif()
    math(EXPR i "${i} + 1")
endwhile()

file(GLOB consoles "${CONSOLE}/*.json")
foreach(file IN LISTS consoles)
    if(NOT file IN_LIST merged)
        message(FATAL_ERROR "${file}: the descriptor has no output of this kind")
    endif()
endforeach()

# Anything that normalizes gives the same text whether or not a console was merged in.
string(JSON text SET "${text}" name "\"${NAME}\"")
file(WRITE "${OUTPUT}/descriptor.json" "${text}")
string(LENGTH "${text}" size)
file(WRITE "${OUTPUT}/prismforet_descriptor.h" "/* Generated: the descriptor of ${NAME}. */
#ifndef PRISMFORET_DESCRIPTOR_H
#define PRISMFORET_DESCRIPTOR_H
#ifdef __cplusplus
extern \"C\"
#else
extern
#endif
__attribute__((visibility(\"hidden\"))) const char pf_module_descriptor_text[];
/* Initializes a pf_str. */
#define PF_MODULE_DESCRIPTOR {pf_module_descriptor_text, ${size}}
#endif
")
file(WRITE "${OUTPUT}/descriptor.cpp" "// Generated: the descriptor of ${NAME}.
#include \"prismforet/abi/types.h\"
#include \"prismforet_descriptor.h\"
extern \"C\" {
extern __attribute__((visibility(\"hidden\"))) const pf_str pf_module_descriptor;
const char pf_module_descriptor_text[] = R\"pf_json(${text})pf_json\";
static_assert(sizeof pf_module_descriptor_text == ${size} + 1);
const pf_str pf_module_descriptor = PF_MODULE_DESCRIPTOR;
}
")
