# Precompiled standard headers: to parse them is half of the work of most compilations here. The objects are
# the same.
#
#   precompile_headers(NAME [LINK LIBRARY...] [OPTIONS OPTION...] [HEADERS HEADER...] [FOR TARGET...])
#
# NAME compiles the headers: a target that exists, or a new one that links the libraries and has the options. The
# others use its headers, so they need the same options, and may define more macros but not fewer. A source still names all
# that it includes: the presets `release`, `release-gcc` and `unit` compile without this.
option(DISTROLESS_PRECOMPILE "Precompile the standard headers" OFF)
# ccache does not cache a compilation with precompiled headers.
if(CMAKE_CXX_COMPILER_LAUNCHER MATCHES ccache)
  set(DISTROLESS_PRECOMPILE OFF)
endif()

set(product_headers <algorithm> <array> <bit> <compare> <cstddef> <cstdint> <cstring> <limits> <optional>
    <span> <string_view> <type_traits> <utility>)
set(harness_headers ${product_headers} <chrono> <filesystem> <functional> <map> <memory> <set> <sstream>
    <stdexcept> <string> <vector>)
set(simulation_headers ${product_headers} <charconv> <cstdio> <map> <string> <vector>)
set(test_headers <gtest/gtest.h> ${harness_headers})

function(precompile_headers name)
  cmake_parse_arguments(given "" "" "LINK;OPTIONS;HEADERS;FOR" ${ARGN})
  if(NOT DISTROLESS_PRECOMPILE)
    return()
  endif()
  if(NOT TARGET ${name})
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp CONTENT "")
    add_library(${name} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
    target_compile_features(${name} PRIVATE cxx_std_23)
    target_link_libraries(${name} PRIVATE warnings ${given_LINK})
    target_compile_options(${name} PRIVATE ${given_OPTIONS})
  endif()
  if(given_HEADERS)
    target_precompile_headers(${name} PRIVATE ${given_HEADERS})
  endif()
  foreach(target ${given_FOR})
    target_precompile_headers(${target} REUSE_FROM ${name})
  endforeach()
endfunction()
