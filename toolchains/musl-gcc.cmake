# GCC with libstdc++'s headers, against musl: the same sources with the other compiler.
include(${CMAKE_CURRENT_LIST_DIR}/musl.cmake)

set(CMAKE_CXX_COMPILER g++)
if(NOT MUSL_NATIVE)
  execute_process(COMMAND g++ -dumpversion OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE)
  execute_process(COMMAND g++ -dumpmachine OUTPUT_VARIABLE machine OUTPUT_STRIP_TRAILING_WHITESPACE)
  # Debian configures libstdc++'s headers for glibc; the one question that they ask glibc has the answer "no".
  set(CMAKE_CXX_FLAGS_INIT
      "'-D__GLIBC_PREREQ(major,minor)=0' -nostdinc -isystem /usr/include/c++/${version} \
-isystem /usr/include/${machine}/c++/${version} -isystem /usr/lib/gcc/${machine}/${version}/include \
${MUSL_INCLUDE}")
endif()
