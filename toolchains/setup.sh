#!/bin/sh
# Installs what a fresh Debian 12 lacks and prepares the musl sysroots. Safe to run again.
#
#   toolchains/setup.sh           everything: to build, to run the demo and every test
#   toolchains/setup.sh build     only what the two programs need to be built for this machine
#   toolchains/setup.sh release   the same for every architecture
#
# It needs root or sudo for the packages, and leaves nothing running. Alpine needs none of this: its own
# compiler, cmake, ninja and linux-headers are enough for the release presets.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
purpose=${1:-all}

build_packages='ca-certificates cmake ninja-build clang-19 lld-19 llvm-19 libc++-19-dev'
release_packages="$build_packages dpkg-dev jq"
test_packages='g++ libgtest-dev clang-format-19 clang-tidy-19 strace file binutils util-linux iproute2 procps
    docker.io containerd runc debootstrap xz-utils'

# Node.js from elsewhere brings an npm of its own, and conflicts with Debian's.
command -v npm >/dev/null 2>&1 || test_packages="$test_packages npm"

architectures='amd64 arm64 armhf i386 ppc64el riscv64 s390x'

case $purpose in
build) packages=$build_packages architectures=$(dpkg --print-architecture) ;;
release) packages=$release_packages ;;
all) packages="$release_packages $test_packages $(cat "$here"/../tests/*/packages.txt "$here"/../tests/*/*/packages.txt 2>/dev/null || true)" ;;
*)
    echo "usage: toolchains/setup.sh [build|release]" >&2
    exit 2
    ;;
esac

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian starts a service as it installs it; the tests start private ones, so nothing is to run here.
install_quietly() {
    policy=/usr/sbin/policy-rc.d
    if [ -e $policy ]; then policy=''; else printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null; fi
    status=0
    [ -z "$policy" ] || as_root chmod 755 $policy
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" || status=$?
    [ -z "$policy" ] || as_root rm -f $policy
    return $status
}

install_packages() {
    missing=''
    for package in $packages; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root apt-get update -q
    # shellcheck disable=SC2086  # the list is meant to be split
    install_quietly $missing
}

install_packages
# shellcheck disable=SC2086  # the list is meant to be split
"$here"/sysroot.sh $architectures
