#!/bin/sh
# Runs the README's commands that need a compiler in a bare Debian 13, and compares the programs with this
# machine's.
#
#   run.sh SOURCE WORK
#
# WORK keeps the root directory, so that the next run downloads nothing again.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
source=$1 work=$2
root=$work/root
architecture=$(dpkg --print-architecture)

make_root() {
    rm -rf --one-file-system "$work"
    mkdir -p "$work"
    "$here/../debootstrap.sh" trixie "$root.part" >"$work/debootstrap.log" 2>&1 || {
        tail -n 20 "$work/debootstrap.log" >&2
        exit 1
    }
    cp /etc/resolv.conf "$root.part/etc/"
    apt-config dump | grep -E '^Acquire::https?::Proxy' >"$root.part/etc/apt/apt.conf.d/80host" || true
    mv "$root.part" "$root"
}

# The sources as they are here, committed or not. What was built in there before stays, and is built anew: the sources
# may come from another tree, whose changes can be older than the objects.
copy_sources() {
    mkdir -p "$root/src/toolchains"
    find "$root/src" -mindepth 1 -maxdepth 1 ! -name build ! -name toolchains -exec rm -rf {} +
    git -C "$source" -c "safe.directory=$source" ls-files -z --cached --others --exclude-standard --deduplicate |
        (cd "$source" && xargs -0 sh -c 'for file; do [ ! -e "$file" ] || printf "%s\0" "$file"; done' sh) |
        tar -C "$source" --null --files-from=- -c | tar -C "$root/src" -x --touch
}

# Prints the line of the README that builds the programs for their image.
line_that_builds() {
    sed -n '/^## Install and verify$/,/^Or download/s/^toolchains.*/&/p' "$source/README.md" | grep .
}

digests() { (cd "$1/toolchains/sysroot/$architecture" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }

[ -d "$root" ] || make_root
copy_sources
line=$(line_that_builds)
"$here/enter.sh" "$root" sh -euc "cd /src && $line"
"$here/enter.sh" "$root" sh -euc 'cd /src && toolchains/setup.sh demo && cmake --workflow --preset demo'

digests "$source" >"$work/here"
digests "$root/src" >"$work/there"
diff "$work/here" "$work/there" || {
    echo "the musl sysroots differ: was this machine's made before a point release of Debian 13?" >&2
    exit 1
}
for program in init healthcheck healthcheck-tls; do
    cmp "$source/build/release/bin/$program" "$root/src/build/release/bin/$program"
    sha256sum "$root/src/build/release/bin/$program"
done
