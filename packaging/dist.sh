#!/bin/sh
# Makes the files of a release, in BUILD/dist, from the builds of all architectures. The preset release-all
# calls it.
#
#   packaging/dist.sh VERSION BUILD ARCHITECTURE...
#
# The same sources give the same bytes, no matter who makes them, where and when: times, owners, modes and the
# order of names are set explicitly.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
source=$(cd "$here/.." && pwd)
version=$1 build=$2
programs='init healthcheck healthcheck-tls'
shift 2
umask 022
export LC_ALL=C TZ=UTC
origin=$("$here/origin.sh")
SOURCE_DATE_EPOCH=${origin%% *}
export SOURCE_DATE_EPOCH

dist=$build/dist
work=$build/work
rm -rf "$dist" "$work"
mkdir -p "$dist" "$work"

# The bare programs, under the names that TARGETARCH makes: COPY init-linux-${TARGETARCH} /init.
copy_programs() {
    for program in $programs; do
        install -m 755 "$source/build/release-$1/bin/$program" "$dist/$program-linux-$1"
    done
}

make_tarball() {
    name=distroless-init-$version-linux-$1
    install -d "$work/$name"
    for program in $programs; do
        install -m 755 "$dist/$program-linux-$1" "$work/$name/$program"
        install -m 644 "$source/man/$program.1" "$work/$name"
    done
    install -m 644 "$source/LICENSE" "$source/NOTICE" "$work/$name"
    "$here/tar.sh" "$dist/$name.tar" -C "$work" "$name"
    gzip --best --no-name "$dist/$name.tar"
}

# CPack lists the digests in the directory's order of files; dpkg-deb sorts everything else.
make_package() {
    cpack -G DEB --config "$source/build/release-$1/CPackConfig.cmake" -B "$work/cpack-$1" >"$work/log" || {
        cat "$work/log" >&2
        return 1
    }
    dpkg-deb --raw-extract "$work/cpack-$1"/*.deb "$work/package-$1"
    sort -k 2 -o "$work/package-$1/DEBIAN/md5sums" "$work/package-$1/DEBIAN/md5sums"
    dpkg-deb --root-owner-group --build "$work/package-$1" "$dist" >"$work/log"
}

for architecture in "$@"; do
    copy_programs "$architecture"
    make_tarball "$architecture"
    make_package "$architecture"
done
# shellcheck disable=SC2086  # a time, and perhaps a commit
"$here/image.sh" "$version" "$dist" $origin

cmake -D DIST="$dist" -D OUTPUT="$dist" -D VERSION="$version" -D EPOCH="$SOURCE_DATE_EPOCH" -P "$here/sbom.cmake"

# Every file that exists by now gets a checksum.
cd "$dist"
find . -type f ! -name SHA256SUMS -printf '%P\n' | sort | xargs sha256sum >"$work/SHA256SUMS"
install -m 644 "$work/SHA256SUMS" SHA256SUMS
rm -rf "$work"
