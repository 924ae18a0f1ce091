#!/bin/sh
# Prepares the musl sysroots, and records the packages of each (.complete, for the bill of materials).
#
#   toolchains/sysroot.sh ARCHITECTURE...      Debian's names: amd64 arm64 armhf i386 ppc64el riscv64 s390x
#
# It installs nothing and leaves the system's own package lists alone: apt gets a directory of its own, in
# which other architectures are as good as this one. It needs no root.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/sysroot
work=$here/.work

# Debian 12, from the mirror that this machine already uses.
point_apt_at_debian() {
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
        sed -n 's/ bookworm main$//p' | head -n 1)
    [ -n "$mirror" ] || {
        echo "sysroot.sh: apt knows no mirror of Debian 12 (bookworm main)" >&2
        exit 1
    }
    mkdir -p "$work/lists/partial" "$work/archives/partial"
    : >"$work/status"
    for kind in deb deb-src; do
        echo "$kind [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bookworm main"
    done >"$work/sources.list"
    cat >"$work/apt.conf" <<EOF
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work";
Acquire::Languages "none";
APT::Architectures { "amd64"; "arm64"; "armhf"; "i386"; "ppc64el"; "s390x"; };
APT::Sandbox::User "";
EOF
    export APT_CONFIG="$work/apt.conf"
    apt-get update -q
}

# The packages as downloaded: name, version, architecture, SHA-256.
note_packages() {
    for package in ./*.deb; do
        printf '%s %s\n' "$(dpkg-deb -W --showformat='${Package} ${Version} ${Architecture}' "$package")" \
            "$(sha256sum <"$package" | cut -d ' ' -f 1)"
    done
}

unpack_packages() {
    apt-get download -q "musl-dev:$1" "linux-libc-dev:$1" "libclang-rt-19-dev:$1"
    for package in ./*.deb; do dpkg-deb -x "$package" "$2"; done
    note_packages >"$2/.complete"
}

# Debian 12 has no riscv64: its musl is compiled from Debian's sources, and its kernel headers and the compiler's
# runtime part are those of GCC's cross compiler.
build_riscv64() {
    llvm=/usr/lib/llvm-19/bin
    triple=riscv64-linux-musl
    apt-get download -q linux-libc-dev-riscv64-cross libgcc-12-dev-riscv64-cross
    for package in ./*.deb; do dpkg-deb -x "$package" "$2"; done
    mv "$2/usr/riscv64-linux-gnu/include" "$2/usr/include"
    apt-get source -q musl
    (
        cd musl-*/
        CC="$llvm/clang --target=$triple" AR=$llvm/llvm-ar RANLIB=$llvm/llvm-ranlib \
            CFLAGS="-Os -ffile-prefix-map=$PWD=." ./configure --target=$triple --prefix=/usr --disable-shared \
            --includedir=/usr/include/$triple --libdir=/usr/lib/$triple
        make -j "$(nproc)"
        make DESTDIR="$2" install
    ) >build.log 2>&1 || {
        tail -n 30 build.log >&2
        return 1
    }
    {
        note_packages
        printf 'musl %s source %s\n' "$(sed -n 's/^Version: //p' ./*.dsc | head -n 1)" \
            "$(sha256sum <"$(ls ./*.dsc)" | cut -d ' ' -f 1)"
    } >"$2/.complete"
}

prepare() {
    rm -rf "$work/unpacked" "$work/packages"
    mkdir -p "$work/unpacked" "$work/packages"
    cd "$work/packages"
    if [ "$1" = riscv64 ]; then build_riscv64 "$1" "$work/unpacked"; else unpack_packages "$1" "$work/unpacked"; fi
    rm -rf "${here:?}/$1"
    mv "$work/unpacked" "$here/$1"
}

missing=''
for architecture in "$@"; do
    [ -s "$here/$architecture/.complete" ] || missing="$missing $architecture"
done
[ -n "$missing" ] || exit 0
trap 'rm -rf "$work"' EXIT
rm -rf "$work"
point_apt_at_debian
for architecture in $missing; do (prepare "$architecture"); done
