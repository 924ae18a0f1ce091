#!/bin/sh
# Runs the integration tests with the programs of another architecture, and prints their number at the end:
#
#   run.sh TESTS ARCHITECTURE [FILTER]
#
# TESTS is the build directory that has the tests, FILTER is GoogleTest's; the programs are those of the
# preset release-ARCHITECTURE. Most kernels of amd64 run 386 themselves: this is tried. For the others, qemu's
# user mode is registered with the kernel (binfmt_misc, with Debian's own line; there is none for 386) while
# this runs. cannot.txt lists the tests that cannot run this way.
#
# WITH_QEMU=yes takes qemu for 386 too. DISTROLESS_PROFILE names an older kernel or engine that the programs run as
# (harness/start/kernel_profile.hpp).
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
tests=$1 architecture=$2 filter=${3:-*}
export DISTROLESS_BIN="$here/../../build/release-$architecture/bin"
export DISTROLESS_TESTPROG="$here/../../build/release-$architecture/tests/testprog/testprog"
lines=/usr/lib/binfmt.d
case $architecture in
386)
    kind=386 emulator=''
    # A kernel without CONFIG_IA32_EMULATION says "Exec format error".
    { [ "${WITH_QEMU-}" != yes ] && "$DISTROLESS_TESTPROG" exit 0 2>/dev/null; } ||
        kind='\(386\|emulated\)' emulator=qemu-i386 lines=$here
    ;;
arm64) kind=emulated emulator=qemu-aarch64 ;;
*) kind=emulated emulator=qemu-$architecture ;;
esac
binfmt=/proc/sys/fs/binfmt_misc
line=$lines/$emulator.conf

# One run at a time for each emulator, with mounts of its own.
if [ -n "$emulator" ] && [ "${EMULATED_ALONE-}" != yes ]; then
    EMULATED_ALONE=yes exec flock "$line" unshare --mount "$0" "$@"
fi

register() {
    [ -e $binfmt/register ] || mount -t binfmt_misc binfmt_misc $binfmt
    [ ! -e "$binfmt/$emulator" ] || return 0
    trap 'echo -1 >"$binfmt/$emulator"' EXIT
    trap 'exit 1' HUP INT TERM
    cat "$line" >$binfmt/register
}

[ -z "$emulator" ] || register
cannot=$(sed -n "s/^$kind //p" "$here/cannot.txt" | paste -s -d :)
[ -z "$emulator" ] || export DISTROLESS_EMULATED=yes
# A profile is a filter, which would be the emulator's own.
[ -z "$emulator" ] || unset DISTROLESS_PROFILE
[ -z "${DISTROLESS_PROFILE-}" ] || cannot=$cannot:$(sed -n "s/^\(both\|$DISTROLESS_PROFILE\) //p" \
    "$here/../integration/cannot_in_profiles.txt" | paste -s -d :)
passed=0 of=0
for suite in init healthcheck; do
    program=$tests/tests/integration/$suite/${suite}_test
    of=$((of + $("$program" --gtest_list_tests | grep -c '^  ')))
    said=$("$program" --gtest_filter="$filter-$cannot" --gtest_brief=1) || {
        echo "$said"
        exit 1
    }
    passed=$((passed + $(echo "$said" | sed -n 's/^\[  PASSED  \] \([0-9]*\) tests*\.$/\1/p')))
done
echo "$architecture $passed $of"
[ $passed -gt 0 ]
