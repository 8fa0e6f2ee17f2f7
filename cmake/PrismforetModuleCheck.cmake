# Holds a linked module against the rules of the ABI: one exported symbol, no library but those of
# the C and C++ runtime. Run by prismforet_add_module: FILE, READELF, SANITIZE, KEEP (do not remove a
# bad one).

cmake_minimum_required(VERSION 3.25)

set(allowed "libc|libm|libstdc\\+\\+|libgcc_s|ld-linux[-a-z0-9_]*")
if(SANITIZE)
    string(APPEND allowed "|libasan|libubsan|liblsan|libtsan")
endif()

function(run out)
    execute_process(COMMAND "${READELF}" ${ARGN} "${FILE}"
        OUTPUT_VARIABLE text RESULT_VARIABLE result ERROR_VARIABLE error)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${READELF} ${FILE}: ${error}")
    endif()
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

# A library that breaks a rule must not be left for somebody to load.
function(refuse)
    if(NOT KEEP)
        file(REMOVE "${FILE}")
    endif()
    message(FATAL_ERROR "${FILE} is no good module: " ${ARGN})
endfunction()

run(symbols --dyn-syms --wide)
string(REGEX MATCHALL "[^\n]*(GLOBAL|WEAK|UNIQUE)[^\n]*" lines "${symbols}")
set(exported "")
foreach(line IN LISTS lines)
    if(NOT line MATCHES " UND ")
        string(REGEX REPLACE "^.* ([^ ]+) *$" "\\1" symbol "${line}")
        list(APPEND exported "${symbol}")
    endif()
endforeach()
if(NOT exported STREQUAL "pf_module_entry_v0")
    list(JOIN exported ", " shown)
    refuse("it must export pf_module_entry_v0 and nothing else, but exports [${shown}]. "
        "Write PF_MODULE(YourClass) once, or define the function in C.")
endif()

run(dynamic --dynamic --wide)
string(REGEX MATCHALL "\\(NEEDED\\)[^\n]*" lines "${dynamic}")
foreach(line IN LISTS lines)
    string(REGEX REPLACE "^.*\\[(.*)\\].*$" "\\1" library "${line}")
    if(NOT library MATCHES "^(${allowed})\\.so(\\.[0-9]+)*$")
        refuse("it needs ${library}, but a module may need libc, libm, libstdc++ and libgcc only. "
            "Use the host's services instead, or link the library statically.")
    endif()
endforeach()
foreach(tag RPATH RUNPATH TEXTREL)
    if(dynamic MATCHES "\\(${tag}\\)")
        refuse("it has ${tag}; link without it.")
    endif()
endforeach()
