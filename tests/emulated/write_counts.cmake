# Writes the table of docs/architectures.md. COUNTS has one line for each architecture, as run.sh prints it at
# the end.
include(${CMAKE_CURRENT_LIST_DIR}/../release/table.cmake)

file(STRINGS ${COUNTS} lines)
set(table "| architecture | run by | passed | cannot be run so |\n|---|---|---|---|\n")
foreach(line IN LISTS lines)
  string(REPLACE " " ";" fields "${line}")
  list(GET fields 0 architecture)
  list(GET fields 1 passed)
  list(GET fields 2 of)
  math(EXPR rest "${of} - ${passed}")
  set(by "qemu's user mode")
  if(architecture STREQUAL "386")
    set(by "amd64's kernel")
  endif()
  string(APPEND table "| ${architecture} | ${by} | ${passed} | ${rest} |\n")
endforeach()
write_table(${CMAKE_CURRENT_LIST_DIR}/../../docs/architectures.md "${table}")
