#!/bin/sh
# Prepares the musl sysroots, and records the packages of each (.complete, for the bill of materials).
#
#   toolchains/sysroot.sh ARCHITECTURE...      Debian's names: amd64 arm64 armhf i386 ppc64el riscv64 s390x
#
# Every host gets the same sysroots: Debian 13's packages, from the mirror that the host's apt uses, verified by
# the keys of Debian's archive. It installs nothing and leaves the system's own package lists alone: apt gets a
# directory of its own, in which other architectures are as good as this one. It needs no root.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/sysroot
work=$here/.work
# A point release of Debian may bring newer kernel headers and fixes of musl; .complete has the exact versions.
# Another version of musl itself is refused: the programs are measured and tested against this one.
suite=trixie
musl=1.2.5

fail() {
    echo "sysroot.sh: $1" >&2
    exit 1
}

is_complete() { grep -qs "^musl-dev $musl-" "$here/$1/.complete"; }

point_apt_at_debian() {
    mirror=$("${here%/*}/mirror.sh")
    mkdir -p "$work/lists/partial" "$work/archives/partial"
    : >"$work/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/sources.list"
    cat >"$work/apt.conf" <<END
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work";
Acquire::Languages "none";
APT::Architectures { $(printf '"%s"; ' "$(dpkg --print-architecture)" "$@")};
APT::Sandbox::User "";
END
    # A Debian 13 has read these lists already: apt asks only whether they are still the newest.
    cp /var/lib/apt/lists/*_dists_"${suite}"_* "$work/lists/" 2>/dev/null || true
    export APT_CONFIG="$work/apt.conf"
    apt-get update -q --error-on=any || fail "no package list of Debian 13 ($suite) from $mirror: see above"
}

# The packages as downloaded: name, version, architecture, SHA-256.
note_packages() {
    for package in "$@"; do
        printf '%s %s\n' "$(dpkg-deb -W --showformat='${Package} ${Version} ${Architecture}' "$package")" \
            "$(sha256sum <"$package" | cut -d ' ' -f 1)"
    done
}

# Of the compiler's runtime, only the functions that compiled code may call are unpacked.
unpack() {
    case $1 in
    *libclang-rt-*)
        dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --wildcards --exclude '*/libclang_rt.[!b]*' './usr/lib/llvm-*'
        ;;
    *) dpkg-deb -x "$1" "$2" ;;
    esac
}

# One call for all architectures: apt takes seconds to read its lists.
download() {
    mkdir -p "$work/packages"
    cd "$work/packages"
    names=linux-libc-dev
    for architecture in "$@"; do names="$names musl-dev:$architecture libclang-rt-19-dev:$architecture"; done
    # shellcheck disable=SC2086  # the list is meant to be split
    apt-get download -q $names
}

prepare() {
    rm -rf "$work/unpacked"
    mkdir -p "$work/unpacked"
    cd "$work/packages"
    set -- "$1" ./*_all.deb ./*_"$1".deb
    for package in "$2" "$3" "$4"; do unpack "$package" "$work/unpacked"; done
    note_packages "$2" "$3" "$4" >"$work/unpacked/.complete"
    rm -rf "${here:?}/$1"
    mv "$work/unpacked" "$here/$1"
    is_complete "$1" || fail "Debian's archive has no musl $musl for $1 any more: it has $(grep ^musl-dev "$here/$1/.complete")"
}

missing=''
for architecture in "$@"; do is_complete "$architecture" || missing="$missing $architecture"; done
[ -n "$missing" ] || exit 0
trap 'rm -rf "$work"' EXIT
rm -rf "$work"
# shellcheck disable=SC2086  # the list is meant to be split
point_apt_at_debian $missing
# shellcheck disable=SC2086
(download $missing)
for architecture in $missing; do (prepare "$architecture"); done
