#!/bin/sh
# run.sh ARCHITECTURE: tests that TLS's primitives give the same results on another architecture, in qemu's
# user mode, as on this one, where they are compared with OpenSSL's.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
case $1 in
arm64) emulator=aarch64 ;;
386) emulator=i386 ;;
*) emulator=$1 ;;
esac
program=$here/../../../build/release-$1/tests/cryptography/digest/tls_digest
"qemu-$emulator-static" "$program" | diff "$here/expected.txt" -
