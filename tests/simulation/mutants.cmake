# Puts small faults into a program, one at a time, and demands that its simulation finds each of them: a test
# of the test. Run by the targets `mutants` and `healthcheck-mutants`, which pass the compiler, the source, the
# objects of the simulation and the list of faults.
include(${SETTINGS})

set(found 0)
set(missed "")

set(work ${CMAKE_CURRENT_BINARY_DIR}/mutant)
file(REMOVE_RECURSE ${work})

function(change file text replacement)
  file(READ ${SOURCE}/${file} content)
  string(FIND "${content}" "${text}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${file} has no text \"${text}\"")
  endif()
  string(REPLACE "${text}" "${replacement}" content "${content}")
  file(WRITE ${work}/${file} "${content}")
endfunction()

# mutant(NAME FILE TEXT REPLACEMENT [SOURCE...]): for a header, the sources that include it. A change() before
# it is a part of it.
function(mutant name file text replacement)
  change(${file} "${text}" "${replacement}")
  set(sources ${ARGN})
  if(NOT sources)
    set(sources ${file})
  endif()
  set(objects ${OBJECTS})
  foreach(source IN LISTS sources)
    set(path ${SOURCE}/${source})
    if(EXISTS ${work}/${source})
      set(path ${work}/${source})
    endif()
    list(FILTER objects EXCLUDE REGEX "/${source}\\.o$")
    string(MAKE_C_IDENTIFIER ${source} object)
    execute_process(COMMAND ${COMPILER} ${FLAGS} -I${work} -I${SOURCE} -c ${path} -o ${work}/${object}.o
      COMMAND_ERROR_IS_FATAL ANY)
    list(APPEND objects ${work}/${object}.o)
  endforeach()
  execute_process(COMMAND ${COMPILER} ${objects} ${LINK_FLAGS} -o ${work}/simulate COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${work}/simulate --seeds=${SEEDS} RESULT_VARIABLE result OUTPUT_VARIABLE output)
  if(result EQUAL 0)
    message("MISSED: ${name}")
    file(REMOVE_RECURSE ${work})
    set(missed "${missed};${name}" PARENT_SCOPE)
    return()
  endif()
  string(REGEX MATCH "^[^\n]*" line "${output}")
  message("found: ${name}: ${line}")
  file(REMOVE_RECURSE ${work})
  math(EXPR count "${found} + 1")
  set(found ${count} PARENT_SCOPE)
endfunction()

include(${LIST})

message("${found} mutants found")
if(missed)
  message(FATAL_ERROR "not found: ${missed}")
endif()
