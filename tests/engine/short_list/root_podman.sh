#!/bin/sh
# The short list with Podman as root, without control groups of its own.
#
#   root_podman.sh RELEASE      as root, in secluded.sh
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)

leave() {
    umount -l "$work/store/overlay" 2>/dev/null || true
    rm -rf "$work"
}
trap leave EXIT
trap 'exit 1' HUP INT TERM

podman="podman --root=$work/store --runroot=$work/run --tmpdir=$work/tmp --runtime=runc --cgroup-manager=cgroupfs
    --events-backend=none --log-level=error"
# overlayfs cannot be stacked on every file system.
# shellcheck disable=SC2086  # it is a list of words
$podman info >/dev/null 2>&1 || podman="$podman --storage-driver=vfs"
$podman version --format 'Podman {{.Client.Version}}'
# shellcheck disable=SC2086
env LIMITS='--ulimit=nofile=1024:1024 --ulimit=nproc=1024:1024' HOME="$work" "$here/short_list.sh" "$1" $podman
