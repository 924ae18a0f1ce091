#!/bin/sh
# Runs a command with mounts of its own, in which it sees no engine that this machine may run, and nothing that it
# mounts stays:
#
#   secluded.sh COMMAND [ARGUMENT]...
set -eu

if [ "$(id -u)" != 0 ]; then exec sudo --non-interactive --preserve-env=LIMITS "$0" "$@"; fi
if [ "${SECLUDED-}" != yes ]; then
    SECLUDED=yes exec unshare --mount --propagation private "$0" "$@"
fi
unset SECLUDED
for directory in /run /dev/shm /etc/docker; do
    [ ! -d $directory ] || mount -t tmpfs -o mode=755 tmpfs $directory
done
chmod 1777 /dev/shm
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
exec "$@"
