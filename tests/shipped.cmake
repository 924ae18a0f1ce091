# The tests and the demo run the shipped programs: the release build of the same tree, which its own preset makes.
# SHIPPED_PARTS names its targets; by default it is all of them.
set(SHIPPED_DIR ${PROJECT_SOURCE_DIR}/build/release)
if(SHIPPED_PARTS)
  list(PREPEND SHIPPED_PARTS --target)
endif()
add_custom_target(shipped ALL
  COMMAND ${CMAKE_COMMAND} --preset release
  COMMAND ${CMAKE_COMMAND} --build --preset release ${SHIPPED_PARTS}
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  USES_TERMINAL)
