# Fails unless FILE defines exactly one dynamic symbol, the module's entry.
execute_process(COMMAND "${NM}" --dynamic --defined-only --format=posix "${FILE}"
    OUTPUT_VARIABLE text RESULT_VARIABLE result)
if(NOT result EQUAL 0 OR NOT text MATCHES "^pf_module_entry_v0 T [^\n]*\n$")
    message(FATAL_ERROR "${FILE} defines: ${text}")
endif()
