#!/bin/sh
# Tests that a GCC of the host does not change the programs. Clang looks for one for its target, and if it finds
# one, it compiles arm64's atomic operations in another way.
#
#   gcc_of_the_host.sh BUILD      a build for arm64
set -eu

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/usr/lib/gcc/aarch64-linux-gnu/12"
: >"$root/usr/lib/gcc/aarch64-linux-gnu/12/crtbegin.o"

command=$(jq -r '.[0].command' "$1/compile_commands.json")
changes_with() { (cd "$1" && sh -c "$2 --sysroot=$root -###" 2>&1) | grep -q -e +outline-atomics; }

if changes_with "$1" "$command"; then
    echo "the host's GCC changes this command: $command" >&2
    exit 1
fi
# Control: that GCC is found if nothing hides it.
changes_with "$1" "$(echo "$command" | sed 's/ --gcc-toolchain=[^ ]*//')"
