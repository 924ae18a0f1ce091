#!/bin/sh
# Installs what a fresh Debian 12 lacks and prepares the musl sysroot. Safe to run again.
#
#   toolchains/setup.sh           everything: to build, to run the demo and every test
#   toolchains/setup.sh build     only what the two programs need to be built
#
# It needs root or sudo for the packages, and leaves nothing running.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
purpose=${1:-all}

build_packages='ca-certificates cmake ninja-build clang-19 lld-19 llvm-19 libc++-19-dev'
test_packages='g++ googletest strace file binutils util-linux iproute2 procps
    docker.io containerd runc debootstrap xz-utils clang-format-19 clang-tidy-19'

case $purpose in
build) packages=$build_packages ;;
all) packages="$build_packages $test_packages" ;;
*)
    echo "usage: toolchains/setup.sh [build]" >&2
    exit 2
    ;;
esac

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The host's own service manager must not start a system-wide engine: the tests start a private one.
install_packages() {
    missing=''
    for package in $packages; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root apt-get update -q
    # shellcheck disable=SC2086  # the list is meant to be split
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -q -y --no-install-recommends $missing
}

# musl and the kernel's headers are unpacked, not installed: the same way serves every architecture.
prepare_sysroot() {
    debian_arch=$(dpkg --print-architecture)
    sysroot=$here/sysroot/$debian_arch
    [ ! -e "$sysroot/.complete" ] || return 0
    rm -rf "$sysroot"
    mkdir -p "$sysroot/packages"
    (
        cd "$sysroot/packages"
        [ -n "$(apt-cache policy musl-dev 2>/dev/null)" ] || as_root apt-get update -q
        apt-get download -q "musl-dev:$debian_arch" "linux-libc-dev:$debian_arch" \
            "libclang-rt-19-dev:$debian_arch"
        for package in ./*.deb; do dpkg-deb -x "$package" "$sysroot"; done
    )
    rm -rf "$sysroot/packages"
    touch "$sysroot/.complete"
}

install_packages
prepare_sysroot
