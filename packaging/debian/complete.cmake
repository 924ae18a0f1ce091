# CPack runs this in the tree that becomes the package: what Debian's policy asks of one, beyond `cmake --install`.
set(doc ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/doc/distroless-init)
set(source ${CMAKE_CURRENT_LIST_DIR}/../../..)

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# The time of the package is that of its changelog: SOURCE_DATE_EPOCH, as string(TIMESTAMP) knows too.
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
# A mode would be that of the sources, which git writes in one way and into tarballs in another.
configure_file(${CMAKE_CURRENT_LIST_DIR}/changelog.in ${doc}/changelog @ONLY
  FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
file(GLOB pages ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/man/man1/*)
run(gzip --best --no-name ${doc}/changelog ${pages})
# "copyright" says all that these say.
file(REMOVE ${doc}/LICENSE ${doc}/NOTICE)
run(install -m 644 ${CMAKE_CURRENT_LIST_DIR}/copyright ${doc}/copyright)
run(install -D -m 644 ${CMAKE_CURRENT_LIST_DIR}/lintian-overrides
    ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/lintian/overrides/distroless-init)
