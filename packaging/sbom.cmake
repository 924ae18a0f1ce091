# Writes the release's bill of materials, as SPDX 2.3 and as CycloneDX 1.6.
#
#   cmake -D DIST=... -D OUTPUT=... -D VERSION=1.0.0 -D EPOCH=... -P packaging/sbom.cmake
#
# DIST      directory of PROGRAM-linux-ARCHITECTURE, such as init-linux-amd64
# OUTPUT    directory for the two documents
# BUILDS    directory of release-ARCHITECTURE/bin/PROGRAM and release-ARCHITECTURE/PROGRAM.map; default build/
# SYSROOTS  directory that setup.sh prepared; default toolchains/sysroot
#
# This file gathers facts, one on each line; sbom/model.jq interprets them, and sbom/spdx.jq and
# sbom/cyclonedx.jq write the documents. Equal facts make equal bytes: the time is EPOCH, and the identifiers
# are digests of the rest.
cmake_minimum_required(VERSION 3.25)

foreach(needed DIST OUTPUT VERSION EPOCH)
  if(NOT DEFINED ${needed})
    message(FATAL_ERROR "sbom.cmake needs -D ${needed}=...")
  endif()
endforeach()
get_filename_component(source ${CMAKE_CURRENT_LIST_DIR}/.. ABSOLUTE)
if(NOT DEFINED BUILDS)
  set(BUILDS ${source}/build)
endif()
if(NOT DEFINED SYSROOTS)
  set(SYSROOTS ${source}/toolchains/sysroot)
endif()
find_program(JQ jq REQUIRED)

# Go's and the container engines' names, if they differ from Debian's.
set(debian_arm armhf)
set(debian_386 i386)
set(debian_ppc64le ppc64el)

set(facts "")
macro(note)
  set(fact "${ARGN}")
  list(JOIN fact "\t" fact)
  string(APPEND facts "${fact}\n")
endmacro()

function(note_project)
  file(STRINGS ${source}/LICENSE copyright REGEX "^Copyright ")
  string(REGEX REPLACE "^Copyright \\(c\\) [0-9]+ " "" authors "${copyright}")
  note(project ${VERSION} ${EPOCH} "${authors}" "${copyright}")
  set(facts "${facts}" PARENT_SCOPE)
endfunction()

# The parts that the linker took: the members of each archive, and objects. The object of link-time
# optimisation is the project's own, and its code in the namespace std::__1 comes from libc++'s headers.
function(note_linked file map program)
  file(STRINGS ${map} lines REGEX "[^:]:\\(")
  set(inputs "")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "([^ /:]+):\\(" found "${line}")
    list(APPEND inputs "${CMAKE_MATCH_1}")
  endforeach()
  list(REMOVE_DUPLICATES inputs)
  list(REMOVE_ITEM inputs "<internal>" ${program}.lto.o)
  list(SORT inputs)
  foreach(input IN LISTS inputs)
    string(REGEX REPLACE "^([^(]+)\\((.+)\\)$" "\\1;\\2" parts "${input}")
    note(linked ${file} ${parts})
  endforeach()
  file(STRINGS ${map} functions REGEX "/${program}\\.lto\\.o:\\(\\.text\\._ZNK?St3__1")
  if(functions)
    note(compiled ${file})
  endif()
  set(facts "${facts}" PARENT_SCOPE)
endfunction()

function(note_file program architecture)
  set(file ${program}-linux-${architecture})
  set(built ${BUILDS}/release-${architecture})
  file(SHA256 ${DIST}/${file} sha256)
  file(SHA1 ${DIST}/${file} sha1)
  file(SHA256 ${built}/bin/${program} sha256_built)
  if(NOT sha256 STREQUAL sha256_built)
    message(FATAL_ERROR "${DIST}/${file} is not ${built}/bin/${program}: its link map does not mention it")
  endif()
  note(file ${file} ${program} ${architecture} ${sha256} ${sha1})
  note_linked(${file} ${built}/${program}.map ${program})
  set(facts "${facts}" PARENT_SCOPE)
  set(sha1s ${sha1s} ${sha1} PARENT_SCOPE)
endfunction()

function(note_sysroot architecture)
  set(debian ${architecture})
  if(debian_${architecture})
    set(debian ${debian_${architecture}})
  endif()
  file(STRINGS ${SYSROOTS}/${debian}/.complete lines)
  foreach(line IN LISTS lines)
    string(REPLACE " " ";" fields "${line}")
    note(package ${architecture} ${fields})
  endforeach()
  set(facts "${facts}" PARENT_SCOPE)
endfunction()

# The machine's own packages that every build uses: their digests are not kept once they are installed.
function(note_tools)
  file(STRINGS /etc/os-release lines REGEX "^(ID|VERSION_ID)=")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([A-Z_]+)=\"?([^\"]*)" found "${line}")
    set(os_${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
  endforeach()
  execute_process(
    COMMAND dpkg-query -W "-f=tool\t${os_ID}\t${os_VERSION_ID}\t\${Package}\t\${Version}\t\${Architecture}\n"
            clang-19 libc++-19-dev libclang-common-19-dev lld-19 llvm-19
    OUTPUT_VARIABLE tools COMMAND_ERROR_IS_FATAL ANY)
  set(facts "${facts}${tools}" PARENT_SCOPE)
endfunction()

note_project()
set(sha1s "")
foreach(architecture amd64 arm64 arm 386 ppc64le riscv64 s390x)
  foreach(program init healthcheck healthcheck-tls)
    note_file(${program} ${architecture})
  endforeach()
  note_sysroot(${architecture})
endforeach()
note_tools()
# SPDX 2.3, 7.9: a digest of all files' digests.
list(SORT sha1s)
string(REPLACE ";" "" sha1s "${sha1s}")
string(SHA1 verification "${sha1s}")
note(verification ${verification})

set(suffix_spdx spdx)
set(suffix_cyclonedx cdx)
foreach(form spdx cyclonedx)
  execute_process(COMMAND ${JQ} -n -L ${CMAKE_CURRENT_LIST_DIR}/sbom --arg facts "${facts}"
                          -f ${CMAKE_CURRENT_LIST_DIR}/sbom/${form}.jq
    OUTPUT_VARIABLE document COMMAND_ERROR_IS_FATAL ANY)
  if(NOT document)
    message(FATAL_ERROR "${form}.jq wrote nothing for:\n${facts}")
  endif()
  string(SHA256 digest "${document}")
  # In the URL namespace that RFC 9562 defines.
  string(UUID uuid NAMESPACE 6ba7b811-9dad-11d1-80b4-00c04fd430c8 NAME ${digest} TYPE SHA1)
  string(REPLACE "@UUID@" ${uuid} document "${document}")
  file(WRITE ${OUTPUT}/distroless-init-${VERSION}.${suffix_${form}}.json "${document}")
endforeach()
