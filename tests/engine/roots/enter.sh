#!/bin/sh
# Runs a command in a root that make.sh made, with this machine's processes, devices, cgroups and network, and with
# this repository at its usual path. The machine's own root is at /host.
#
#   enter.sh ROOT COMMAND...
#
# The command replaces this process. All mounts are in a namespace that ends with the last process in it.
set -eu

root=$1
shift
repository=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd)

if [ "$(id -u)" != 0 ]; then exec sudo --non-interactive "$0" "$root" "$@"; fi
if [ "${ENTERING_ROOT-}" != "$root" ]; then
    exec env ENTERING_ROOT="$root" unshare --mount --propagation private "$0" "$root" "$@"
fi
unset ENTERING_ROOT

# Binds a directory of the machine into the root, at the same path.
lend() {
    mkdir -p "$root$1"
    mount --rbind "$1" "$root$1"
}

# crun refuses a machine that mounts cgroups of both versions ("hybrid mode"), so only v1, which has the controllers
# there, stays mounted. With CONTROL_GROUPS=2 only v2 is.
provide_control_groups() {
    groups=$root/sys/fs/cgroup
    if [ "${CONTROL_GROUPS-}" = 2 ]; then
        mount -t cgroup2 cgroup2 "$groups"
    elif mountpoint -q "$groups/unified"; then
        umount "$groups/unified"
        # crun still makes its directories there; they end with this mount.
        mount -t tmpfs -o mode=755 tmpfs "$groups/unified"
    fi
}

mount --bind "$root" "$root"
for directory in /proc /sys /dev "$repository"; do lend "$directory"; done
mount -t tmpfs -o mode=755 tmpfs "$root/run"
provide_control_groups
for file in /etc/resolv.conf /etc/hosts; do
    [ ! -e "$file" ] || cat "$file" >"$root$file"
done
mkdir -p "$root/host"
cd "$root"
pivot_root . host
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
cd "$repository"
exec "$@"
