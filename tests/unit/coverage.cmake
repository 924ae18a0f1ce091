# The target `coverage` runs the unit tests and prints the lines of each product file that they reach.
find_program(LLVM_PROFDATA NAMES llvm-profdata-19 llvm-profdata REQUIRED)
find_program(LLVM_COV NAMES llvm-cov-19 llvm-cov REQUIRED)

set(measured unit_test healthcheck_unit_test remote_unit_test tls_unit_test sys_unit_test
    shipped_calls_unit_test)
set(profiles ${PROJECT_BINARY_DIR}/profiles)
foreach(test IN LISTS measured)
  list(APPEND runs COMMAND ${CMAKE_COMMAND} -E env LLVM_PROFILE_FILE=${profiles}/${test}%c
                           $<TARGET_FILE:${test}> --gtest_brief=1)
  list(APPEND parts ${profiles}/${test})
  list(APPEND objects -object $<TARGET_FILE:${test}>)
endforeach()
add_custom_target(coverage
  ${runs}
  COMMAND ${LLVM_PROFDATA} merge -o ${profiles}/all ${parts}
  COMMAND ${LLVM_COV} report --instr-profile=${profiles}/all ${objects}
          --show-region-summary=false --show-branch-summary=false "--ignore-filename-regex=(^|/)tests/|/usr/"
  DEPENDS ${measured}
  VERBATIM
  WORKING_DIRECTORY ${PROJECT_BINARY_DIR}
  USES_TERMINAL)
