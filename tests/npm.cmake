# npm_packages(TARGET DIRECTORY): TARGET installs the packages of this folder's package-lock.json into DIRECTORY.
# It runs no script of these packages.
find_program(NPM npm REQUIRED)

function(npm_packages target directory)
  add_custom_command(OUTPUT ${directory}/installed
    COMMAND ${CMAKE_COMMAND} -E make_directory ${directory}
    COMMAND ${CMAKE_COMMAND} -E copy package.json package-lock.json ${directory}
    COMMAND ${NPM} ci --prefix ${directory} --ignore-scripts --no-audit --no-fund
    COMMAND ${CMAKE_COMMAND} -E touch ${directory}/installed
    DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/package.json ${CMAKE_CURRENT_SOURCE_DIR}/package-lock.json
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  add_custom_target(${target} ALL DEPENDS ${directory}/installed)
endfunction()
