#!/bin/sh
# creation.sh ARCHITECTURE: tests that init makes the kernel create PROGRAM in init's own memory, and waits
# for it. qemu turns this into a plain fork, so no run under qemu shows the effects; but the trace shows that
# init asked for it.
set -eu

case $1 in
arm64) emulator=aarch64 ;;
386) emulator=i386 ;;
*) emulator=$1 ;;
esac
program=$(dirname -- "$0")/../../build/release-$1/bin/init
calls=$("qemu-$emulator-static" -strace "$program" -- true 2>&1)
echo "$calls" | grep -E '(^| )(vfork\(|clone\(CLONE_VM\|CLONE_VFORK\|)'
