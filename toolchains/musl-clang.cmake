# Clang with lld and libc++'s headers, against musl. This is the release toolchain: one compiler for every
# architecture.
include(${CMAKE_CURRENT_LIST_DIR}/musl.cmake)

if(MUSL_NATIVE)
  set(CMAKE_CXX_COMPILER clang++)
  set(CMAKE_CXX_FLAGS_INIT "")
else()
  set(llvm /usr/lib/llvm-19)
  set(CMAKE_CXX_COMPILER ${llvm}/bin/clang++)
  # The order matters: libc++'s headers wrap the C library's. The sysroot has no GCC: one of the host's, if it
  # has one for the target, would change the code (on arm64, how atomic operations are compiled).
  set(CMAKE_CXX_FLAGS_INIT
      "--target=${MUSL_TARGET} --gcc-toolchain=${MUSL_SYSROOT} ${MUSL_FLAGS_${MUSL_ARCH}} -nostdinc -nostdinc++ -D_LIBCPP_HAS_MUSL_LIBC \
-isystem ${llvm}/include/c++/v1 -isystem ${llvm}/lib/clang/19/include ${MUSL_INCLUDE}")
endif()
string(APPEND CMAKE_EXE_LINKER_FLAGS_INIT " -fuse-ld=lld")
# Kernels of these two architectures have pages of up to 64 KiB: data that is sealed after relocation gets
# whole pages.
if(MUSL_ARCH MATCHES "^(arm64|ppc64el)$")
  string(APPEND CMAKE_EXE_LINKER_FLAGS_INIT " -Wl,-z,common-page-size=65536")
endif()
