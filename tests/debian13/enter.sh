#!/bin/sh
# Runs a command in a root directory, which becomes the root mount of namespaces of its own. Nothing that it starts
# outlives it, and no mount stays.
#
#   enter.sh ROOT COMMAND [ARGUMENT]...
set -eu

# shellcheck disable=SC2016  # the inner shell expands them
exec setpriv --pdeathsig KILL unshare --mount --ipc --uts --pid --fork --kill-child --mount-proc sh -euc '
    root=$1
    shift
    mount --bind "$root" "$root"
    mount --rbind /dev "$root/dev"
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/tmp"
    cd "$root"
    mkdir -p mnt/outside
    pivot_root . mnt/outside
    umount -l mnt/outside
    exec env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"' sh "$@"
