#!/bin/sh
# Compiles the product and its unit tests with Debian 13's GCC and CMake, for which a warning is an error, and
# runs them, in the root directory and on the sources that run.sh put there.
#
#   unit.sh WORK
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

# shellcheck disable=SC2016  # the inner shell expands it
exec "$here/enter.sh" "$1/root" sh -euc '
    cd /src
    export DEBIAN_FRONTEND=noninteractive LC_ALL=C
    command -v g++ >/dev/null && [ -e /usr/include/gtest/gtest.h ] ||
        apt-get install -q -y --no-install-recommends g++ libgtest-dev
    g++ -dumpfullversion | grep "^14\\."
    cmake --version | grep "version 3\\.31\\."
    cmake --preset unit --fresh -DCMAKE_CXX_FLAGS_DEBUG=-O1 -Werror=dev -Werror=deprecated
    cmake --build --preset unit
    ctest --preset unit'
