# Shared by both toolchain files: selects the musl to build against.
#
# MUSL_ARCH is the architecture by Debian's name; by default the host's. Sets MUSL_NATIVE if the host's own
# libc is musl: then the host's compiler, headers and start files are used unchanged. Otherwise sets
# MUSL_INCLUDE, MUSL_LIB and MUSL_TARGET from the sysroot that toolchains/setup.sh prepared.
include_guard(GLOBAL)

list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES MUSL_ARCH)

if(NOT MUSL_ARCH)
  execute_process(COMMAND uname -m OUTPUT_VARIABLE machine OUTPUT_STRIP_TRAILING_WHITESPACE)
  set(MUSL_ARCH_x86_64 amd64)
  set(MUSL_ARCH_aarch64 arm64)
  set(MUSL_ARCH_armv7l armhf)
  set(MUSL_ARCH_i686 i386)
  set(MUSL_ARCH_ppc64le ppc64el)
  if(MUSL_ARCH_${machine})
    set(MUSL_ARCH ${MUSL_ARCH_${machine}})
  else()
    set(MUSL_ARCH ${machine})
  endif()
endif()

# For each architecture: the compiler's target, Debian's directory name, the name in compiler-rt's files.
set(MUSL_DATA_amd64 x86_64-linux-musl x86_64-linux-gnu x86_64)
set(MUSL_DATA_arm64 aarch64-linux-musl aarch64-linux-gnu aarch64)
set(MUSL_DATA_armhf arm-linux-musleabihf arm-linux-gnueabihf armhf)
set(MUSL_DATA_i386 i386-linux-musl i386-linux-gnu i386)
set(MUSL_DATA_s390x s390x-linux-musl s390x-linux-gnu s390x)
set(MUSL_DATA_ppc64el powerpc64le-linux-musl powerpc64le-linux-gnu powerpc64le)
set(MUSL_DATA_riscv64 riscv64-linux-musl riscv64-linux-gnu riscv64)
# Debian's own baseline, which the compiler's target name does not fix; Thumb code is smaller.
set(MUSL_FLAGS_armhf "-march=armv7-a -mfpu=vfpv3-d16 -mthumb")

# Debian's package musl has musl's loader too, on a host whose own libc is glibc.
file(GLOB musl_loader /lib/ld-musl-*.so.1)
file(GLOB gnu_loader /lib/*/ld-linux*.so.* /lib64/ld*.so.* /lib/ld-linux*.so.*)
set(MUSL_SYSROOT ${CMAKE_CURRENT_LIST_DIR}/sysroot/${MUSL_ARCH})
if(EXISTS ${MUSL_SYSROOT}/.complete)
  file(STRINGS ${MUSL_SYSROOT}/.complete musl_package REGEX "^musl-dev 1\\.2\\.5-")
  if(NOT musl_package)
    message(FATAL_ERROR "the musl sysroot for ${MUSL_ARCH} is an older one: run toolchains/setup.sh again")
  endif()
  set(MUSL_NATIVE OFF)
  list(GET MUSL_DATA_${MUSL_ARCH} 0 MUSL_TARGET)
  list(GET MUSL_DATA_${MUSL_ARCH} 1 gnu_directory)
  list(GET MUSL_DATA_${MUSL_ARCH} 2 builtins_suffix)
  set(MUSL_LIB ${MUSL_SYSROOT}/usr/lib/${MUSL_TARGET})
  set(MUSL_INCLUDE
      "-isystem ${MUSL_SYSROOT}/usr/include/${MUSL_TARGET} \
-isystem ${MUSL_SYSROOT}/usr/include/${gnu_directory} -isystem ${MUSL_SYSROOT}/usr/include")
  set(MUSL_BUILTINS
      ${MUSL_SYSROOT}/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.builtins-${builtins_suffix}.a)
  # Debian has no compiler-rt for s390x, which needs none.
  if(NOT EXISTS ${MUSL_BUILTINS})
    set(MUSL_BUILTINS "")
  endif()
elseif(musl_loader AND NOT gnu_loader)
  set(MUSL_NATIVE ON)
else()
  message(FATAL_ERROR "no musl sysroot for ${MUSL_ARCH}: run toolchains/setup.sh first")
endif()

# A true static PIE: musl's self-relocating start file, and no additions by the compiler. (`musl-gcc
# -static-pie` makes a dynamic PIE that needs an interpreter.)
if(NOT MUSL_NATIVE)
  set(CMAKE_CXX_LINK_EXECUTABLE
      "<CMAKE_CXX_COMPILER> <FLAGS> <CMAKE_CXX_LINK_FLAGS> <LINK_FLAGS> -nostdlib -static-pie \
${MUSL_LIB}/rcrt1.o ${MUSL_LIB}/crti.o <OBJECTS> <LINK_LIBRARIES> ${MUSL_LIB}/libc.a \
${MUSL_BUILTINS} ${MUSL_LIB}/crtn.o -o <TARGET>")
else()
  set(CMAKE_EXE_LINKER_FLAGS_INIT -static-pie)
endif()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
