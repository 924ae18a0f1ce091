#!/bin/sh
# Installs what a fresh Debian 13 or 12 lacks and prepares the musl sysroots. Safe to run again.
#
#   toolchains/setup.sh demo      what the demonstration needs: a compiler, CMake, the sysroot of this machine
#   toolchains/setup.sh build     what the programs need to be built for this machine
#   toolchains/setup.sh release   what a release needs: every architecture
#   toolchains/setup.sh           everything: to build, to run the demonstration and every test
#
# It needs root or sudo for the packages, and leaves nothing running.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
top=$(dirname "$here")
purpose=${1:-all}
log=$top/build/setup.log

fail() {
    echo "setup.sh: $1" >&2
    exit "${2:-1}"
}

build_packages='cmake ninja-build clang-19 lld-19 llvm-19 libc++-19-dev'
release_packages="$build_packages dpkg-dev jq"
test_packages='ca-certificates g++ libgtest-dev clang-format-19 clang-tidy-19 strace file binutils util-linux iproute2
    procps docker.io docker-cli? docker-buildx? containerd runc debootstrap xz-utils'

# A Node.js from elsewhere has its own npm and conflicts with Debian's.
command -v npm >/dev/null 2>&1 || test_packages="$test_packages npm"

# The packages of each area of the tests. One with a question mark is installed if this release of Debian has it.
packages_of_tests() {
    cat "$top"/tests/*/packages.txt "$top"/tests/*/*/packages.txt "$top"/tools/*/packages.txt 2>/dev/null || true
}

own=$(dpkg --print-architecture 2>/dev/null) || fail "this is not Debian: it has no dpkg"
architectures='amd64 arm64 armhf i386 ppc64el riscv64 s390x'
case $purpose in
demo | build) packages=$build_packages architectures=$own ;;
release) packages=$release_packages ;;
all) packages="$release_packages $test_packages $(packages_of_tests)" ;;
*) fail "unknown argument $purpose; usage: toolchains/setup.sh [demo|build|release]" 2 ;;
esac

check_host() {
    # shellcheck disable=SC1091  # every Debian has it
    . /etc/os-release
    case ${ID-}-${VERSION_ID-} in
    debian-12 | debian-13) ;;
    *) fail "this is ${PRETTY_NAME:-an unknown system}: it takes Debian 12 or 13" ;;
    esac
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || fail "packages have to be installed: run this as root, or install sudo"
    # Debian 12 before its last year did not know the keys of Debian 13.
    [ -e /usr/share/keyrings/debian-archive-trixie-automatic.gpg ] || stale_keyring=debian-archive-keyring
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Its output goes to the log, and to the terminal if it fails.
quietly() {
    "$@" >>"$log" 2>&1 || {
        status=$?
        tail -n 20 "$log" >&2
        fail "that failed; the whole log is $log" "$status"
    }
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

is_known() { apt-cache show --no-all-versions "$1" >/dev/null 2>&1; }

missing_of() {
    for package in "$@"; do
        is_installed "${package%\?}" || echo "$package"
    done | sort -u
}

known_of() {
    for package in "$@"; do
        case $package in *\?) is_known "${package%\?}" || continue ;; esac
        echo "${package%\?}"
    done
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get install --no-install-recommends "$@"
}

# apt's own figures, from a run that it is told to abandon.
size_of() {
    apt_install --assume-no "$@" 2>&1 | sed -n \
        -e 's/^.* \([0-9]*\) newly installed.*/\1 packages/p' \
        -e 's/^Need to get \(.*\) of archives\./\1 to download/p' \
        -e 's/^After this operation, \(.*\) of additional disk space will be used\./\1 on disk/p' | paste -s -d ',' | sed 's/,/, /g'
}

# Debian starts a service when it installs it; the tests start private ones, so prevent that.
install_quietly() {
    policy=/usr/sbin/policy-rc.d
    if [ -e $policy ]; then
        policy=''
    else
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
        as_root chmod 755 $policy
        trap 'as_root rm -f $policy' EXIT
    fi
    quietly apt_install -q -y "$@"
    [ -z "$policy" ] || as_root rm -f $policy
    trap - EXIT
}

install_packages() {
    # shellcheck disable=SC2086  # the list is meant to be split
    missing=$(missing_of $packages ${stale_keyring-})
    [ -n "$missing" ] || return 0
    echo "setup.sh: reading Debian's package lists"
    quietly as_root apt-get update -q
    # shellcheck disable=SC2086
    missing=$(known_of $missing)
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086
    echo "setup.sh: installing $(size_of $missing)"
    # shellcheck disable=SC2086
    install_quietly $missing
}

check_host
mkdir -p "$top/build"
echo "setup.sh: $purpose; the log is $log"
: >"$log"
install_packages
echo "setup.sh: preparing musl for $architectures"
# shellcheck disable=SC2086  # the list is meant to be split
quietly "$here"/sysroot.sh $architectures
echo "setup.sh: done"
