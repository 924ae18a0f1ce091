#!/bin/sh
# The short list with Podman as a user: rootless.
#
#   rootless_podman.sh RELEASE      in a root of roots/make.sh, as root
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
release=$1
user=distroless-tester
uid=$(id -u $user 2>/dev/null || { useradd --create-home $user && id -u $user; })
home=$(mktemp -d)
run=/run/user/$uid

leave() {
    # Podman leaves a process that keeps the user's namespace.
    if pause=$(cat "$run/libpod/tmp/pause.pid" 2>/dev/null); then kill "$pause" || true; fi
    # Its files belong to users that only its own namespace knows by name.
    umount -l "$home/store/overlay" 2>/dev/null || true
    rm -rf "$home" "$run"
}
trap leave EXIT
trap 'exit 1' HUP INT TERM

mkdir -p "$run"
chown "$uid" "$run" "$home"
cp -R "$release/bin" "$home/bin"
mkdir -p "$home/tests/testprog"
cp "$release/tests/testprog/testprog" "$home/tests/testprog/"
cp "$here/short_list.sh" "$here/await.sh" "$home/"
chmod -R a+rX "$home"
cd "$home"
# A user may not raise the limits, nor make control groups without a service manager that gives him some.
env LIMITS='--ulimit=nofile=1024:1024 --ulimit=nproc=1024:1024 --cgroups=disabled' HOME="$home" TMPDIR="$home" \
    XDG_RUNTIME_DIR="$run" PODMAN_IGNORE_CGROUPSV1_WARNING=1 \
    setpriv --reuid "$uid" --regid "$uid" --init-groups "$home/short_list.sh" "$home" \
    podman --root="$home/store" --runroot="$run/containers" --runtime=crun --cgroup-manager=cgroupfs \
    --events-backend=none --log-level=error
