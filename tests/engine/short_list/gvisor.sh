#!/bin/sh
# Checks both programs on gVisor without an engine: `runsc do` makes a program PID 1 of a sandbox.
#
#   gvisor.sh RELEASE      in a root of roots/make.sh, as root
set -eu

init=$1/bin/init
healthcheck=$1/bin/healthcheck
testprog=$1/tests/testprog/testprog
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# The sandbox still has its own loopback device. The log is appended to, because the sandbox gives stdout and stderr
# an offset each.
sandbox() {
    : >"$work/log"
    runsc --network=none --ignore-cgroups --root="$work/state" 'do' "$@" >>"$work/log" 2>&1
}

# expect STATUS TEXT COMMAND...: TEXT has to be in what the command writes.
expect() {
    wanted=$1 text=$2
    shift 2
    status=0
    sandbox "$@" || status=$?
    if [ "$status" != "$wanted" ] || ! grep -qF -e "$text" "$work/log"; then
        cat "$work/log" >&2
        echo "not ok: $*: status $status and no '$text', expected status $wanted and the text" >&2
        exit 1
    fi
    echo "ok: status $status, '$text'"
}

# The probe ends first, so its status is the result.
expect_probe() {
    target=$1
    shift
    expect 0 "$target" "$init" --together -- "$testprog" "$@" :: "$healthcheck" -v --wait=20s "$target"
    expect 1 "$target" "$init" -- "$healthcheck" "$target"
}

expect 0 gVisor dmesg  # the tests do not run on the machine's own kernel
expect 42 'exiting with status 42' "$init" -v -- "$testprog" exit 42
expect 137 'killed by SIGKILL' "$init" -v -- "$testprog" kill KILL
expect 127 /nowhere "$init" /nowhere
expect 7 'init: reaped: ' "$init" --warn-reaped --exit-map=3=7 -- "$testprog" orphans 20 --leave=3
expect 3 'init: killing testprog' "$init" --drain=500ms -- \
    "$testprog" orphans 1 --live=3600000 --deaf --leave=3

# PROGRAM signals PID 1, which forwards the signal to it.
expect 143 'holding SIGTERM' "$init" -v --stop-delay=200ms -- busybox sh -c 'kill -TERM 1; sleep 60'
expect 143 'forwarding SIGUSR1 as SIGTERM' "$init" -v --rewrite=USR1:TERM -- busybox sh -c 'kill -USR1 1; sleep 60'
expect 143 'forwarding SIGTERM' "$init" -v --group -- busybox sh -c 'kill -TERM 1; sleep 60'
expect 143 'forwarding SIGTERM' "$init" -v --all -- busybox sh -c 'kill -TERM 1; sleep 60'
expect 137 'was killed by SIGKILL' "$init" -v --grace=200ms -- \
    busybox sh -c 'trap "" TERM; kill -TERM 1; while :; do sleep 1; done'

expect_probe http://localhost:8080/healthz app 8080
expect_probe tcp://127.0.0.1:8080 present tcp 8080
expect_probe unix:///tmp/service.socket present unix /tmp/service.socket
expect_probe grpc://localhost:8081 grpc 8081
expect_probe file:///tmp/heartbeat present file /tmp/heartbeat
expect_probe pid:///tmp/service.pid present pid /tmp/service.pid
