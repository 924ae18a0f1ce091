# Used by cmake --install and by CPack's package for Debian.
#
# The programs go outside PATH, since an init or a healthcheck may be there already; and init(1) belongs to
# the system's own init, so the man pages have a suffix: `man 1distroless init`.
include(GNUInstallDirs)

foreach(program init healthcheck healthcheck-tls healthcheck-remote)
  if(TARGET ${program})
    # Installed as a file: the shipped file is the built one, byte for byte.
    install(PROGRAMS $<TARGET_FILE:${program}> DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/distroless-init)
  endif()
endforeach()
foreach(page init healthcheck healthcheck-tls)
  install(FILES ${PROJECT_SOURCE_DIR}/man/${page}.1
    DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 RENAME ${page}.1distroless)
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME distroless-init)
set(CPACK_PACKAGE_VENDOR "The distroless-init authors")
# An address of this name receives no mail: RFC 2606.
set(CPACK_PACKAGE_CONTACT "${CPACK_PACKAGE_VENDOR} <authors@distroless-init.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "PID 1 and health probe for images without a shell")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian/complete.cmake)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${MUSL_ARCH})
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "init forwards signals, reaps orphans and bounds a stop; healthcheck probes
HTTP, TCP, UDP, Unix-socket and gRPC services, files and PID files of its own
network namespace, and healthcheck-tls those that speak TLS only, too. All
are static, and meant to be copied from
/usr/libexec/distroless-init into an image: nothing here takes the place of
the system's own init.")
include(CPack)
