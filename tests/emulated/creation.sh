#!/bin/sh
# creation.sh ARCHITECTURE: whether init has the kernel create PROGRAM in init's own memory, and waits. qemu makes a
# plain fork of that, so what follows from it shows on no run of it; that it was asked for does.
set -eu

case $1 in
arm64) emulator=aarch64 ;;
386) emulator=i386 ;;
*) emulator=$1 ;;
esac
program=$(dirname -- "$0")/../../build/release-$1/bin/init
calls=$("qemu-$emulator-static" -strace "$program" -- true 2>&1)
echo "$calls" | grep -E '(^| )(vfork\(|clone\(CLONE_VM\|CLONE_VFORK\|)'
