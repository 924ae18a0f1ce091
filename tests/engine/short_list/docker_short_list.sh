#!/bin/sh
# The short list with a Docker engine of its own, started with options that engine_test does not use:
#
#   docker_short_list.sh RELEASE [--userns-remap=default|--default-runtime=runsc|...]
#
# As root, in a root of roots/make.sh or in secluded.sh. Without a network: nothing changes the machine's bridges,
# routes or filters.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
release=$1
shift
work=$(mktemp -d)
group=distroless-short-list-$$
daemon=''

leave() {
    if [ -n "$daemon" ]; then
        kill "$daemon" 2>/dev/null || true
        wait "$daemon" || true
    fi
    umount -l "$work"/data/* "$work/data" 2>/dev/null || true
    rm -rf "$work"
    find /sys/fs/cgroup -mindepth 1 -depth -type d -path "*/$group*" -exec rmdir {} + 2>/dev/null || true
}
trap leave EXIT
trap 'exit 1' HUP INT TERM

# runsc is asked for its own network stack, and not to take over an interface: the containers have none.
echo '{"runtimes": {"runsc": {"path": "/usr/bin/runsc", "runtimeArgs": ["--network=none"]}}}' >"$work/daemon.json"
mkdir "$work/data"
chmod 711 "$work"  # for users of a namespace
start() {
    setpriv --pdeathsig TERM dockerd --host="unix://$work/socket" --data-root="$work/data" --exec-root="$work/exec" \
        --pidfile="$work/pid" --config-file="$work/daemon.json" --init-path="$release/bin/init" \
        --bridge=none --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false \
        --exec-opt=native.cgroupdriver=cgroupfs --cgroup-parent="/$group" "$@" >>"$work/log" 2>&1 &
    daemon=$!
    # tail ends with the daemon.
    "$here/await.sh" 1 'API listen on ' tail -n +1 -f --pid="$daemon" "$work/log"
}

export DOCKER_HOST="unix://$work/socket" HOME="$work"
# overlayfs cannot be stacked on every file system.
start "$@" || start --storage-driver=vfs "$@" || {
    tail -n 30 "$work/log" >&2
    exit 1
}
docker info --format 'Docker {{.ServerVersion}}, {{.DefaultRuntime}}, {{.Driver}}, cgroups v{{.CgroupVersion}}'
"$here/short_list.sh" "$release" docker

# Only the containerd store keeps an image of several architectures.
case $(docker info --format '{{.DriverStatus}}') in
*io.containerd.snapshotter.v1*) "$here/containerd_store.sh" "$release" "$here/../../../build/release-all/dist" ;;
esac
