# find_package(prismforet-sdk CONFIG): target prismforet::sdk and prismforet_add_module().
include("${CMAKE_CURRENT_LIST_DIR}/prismforet-sdk-targets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/PrismforetModule.cmake")
