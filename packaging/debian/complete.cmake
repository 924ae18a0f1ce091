# CPack runs this in the tree that becomes the package. It adds the files that Debian's policy requires beyond
# `cmake --install`.
set(doc ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/doc/distroless-init)
set(source ${CMAKE_CURRENT_LIST_DIR}/../..)

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# The package's time is that of its changelog: SOURCE_DATE_EPOCH, which string(TIMESTAMP) also reads.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
# Sets the modes explicitly: git writes the modes of the sources in one way and of tarballs in another.
configure_file(${CMAKE_CURRENT_LIST_DIR}/changelog.in ${doc}/changelog @ONLY
  FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
file(GLOB pages ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/man/man1/*)
run(gzip --best --no-name ${doc}/changelog ${pages})
# "copyright" contains everything that these files contain.
file(REMOVE ${doc}/LICENSE ${doc}/NOTICE)
run(install -m 644 ${CMAKE_CURRENT_LIST_DIR}/copyright ${doc}/copyright)
run(install -D -m 644 ${CMAKE_CURRENT_LIST_DIR}/lintian-overrides
    ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/lintian/overrides/distroless-init)
