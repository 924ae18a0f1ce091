# Demands that each mutant in the files MUTANTS still finds its text in SOURCE, so that a change of the program cannot leave a
# list behind unnoticed: the mutants themselves take minutes, and are no test.
set(missing "")

function(change file text)
  file(READ ${SOURCE}/${file} content)
  string(FIND "${content}" "${text}" at)
  if(at EQUAL -1)
    message("${file} has no text \"${text}\"")
    set(missing yes PARENT_SCOPE)
  endif()
endfunction()

function(mutant name file text)
  change(${file} "${text}")
  set(missing "${missing}" PARENT_SCOPE)
endfunction()

foreach(list IN LISTS MUTANTS)
  include(${list})
endforeach()
if(missing)
  message(FATAL_ERROR "these mutants are no longer faults of the program")
endif()
