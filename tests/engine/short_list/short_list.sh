#!/bin/sh
# Checks what every engine has to do with the two programs, using only its command line:
#
#   short_list.sh RELEASE CLIENT...      RELEASE is the directory of a release build, CLIENT `docker`, say
#
# For engines that engine_test does not start. It prints a line for each check that passes, and ends at the first
# that fails. LIMITS in the environment replaces the limit on descriptors.
# shellcheck disable=SC2086  # the client and the options are lists of words
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
release=$1
shift
image=distroless-short-list
work=$(mktemp -d)
container=''
limits=${LIMITS---ulimit=nofile=1048576:1048576}

leave() {
    [ -z "$container" ] || $client rm --force "$container" >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap leave EXIT
trap 'exit 1' HUP INT TERM

expect() {
    if [ "$2" = "$3" ]; then
        echo "ok: $1: $2"
    else
        echo "not ok: $1: $2, expected $3" >&2
        cat "$work/run.log" >&2
        [ -z "$container" ] || $client logs "$container" >&2 || true
        exit 1
    fi
}

# Waits for as many lines with that text in the container's log.
await_lines() {
    "$here/await.sh" "$1" "$2" $client logs --follow "$container" || {
        $client logs "$container" >&2
        echo "not ok: no $1 lines with '$2'" >&2
        exit 1
    }
    echo "ok: $1 lines with '$2'"
}

client=$*
confined="--read-only --cap-drop=ALL --security-opt=no-new-privileges --network=none --user=65532:65532 $limits"

status_of() {
    status=0
    $client run --rm $confined $image "$@" >"$work/run.log" 2>&1 || status=$?
    echo $status
}
probe() {
    status=0
    $client exec "$container" /healthcheck "$@" >/dev/null 2>&1 || status=$?
    echo $status
}

cp "$release/bin/init" "$release/bin/healthcheck" "$release/tests/testprog/testprog" "$work"
chmod 755 "$work"/*
tar -C "$work" -cf "$work/image.tar" init healthcheck testprog
$client import "$work/image.tar" $image >/dev/null

expect "the program's status" "$(status_of /init -- /testprog exit 42)" 42
expect "128 and the signal that killed it" "$(status_of /init -- /testprog kill KILL)" 137
expect "no such program" "$(status_of /init /nowhere)" 127

container=$($client run --detach $confined $image /init -- /testprog grpc 8081)
await_lines 1 ready
expect 'gRPC, healthy' "$(probe grpc://localhost:8081)" 0
expect 'gRPC, nobody listens' "$(probe grpc://localhost:8082)" 1
$client rm --force "$container" >/dev/null
container=''

container=$($client run --detach $confined $image /init -- /testprog signals --until=USR1)
await_lines 1 ready
$client kill --signal=HUP "$container" >/dev/null
await_lines 1 'signal 1 '
$client kill --signal=USR1 "$container" >/dev/null
expect 'the status after the signal that it waits for' "$($client wait "$container")" 0
$client rm --force "$container" >/dev/null
container=''

# Docker takes the path of its own init when it starts.
own_init=--init
[ "$1" = docker ] || own_init="--init --init-path=$release/bin/init"
$client run --rm $own_init $confined $image /nowhere >"$work/run.log" 2>&1 || true
expect "the engine's own init is this one" "$(grep -c '^init: .*/nowhere' "$work/run.log")" 1

container=$($client run --detach $confined $image /init -v --warn-reaped -- /testprog app 8080 --exit=7)
await_lines 1 ready
expect 'HTTP, healthy' "$(probe :8080/healthz)" 0
expect 'TCP, healthy' "$(probe tcp://localhost:8080)" 0
expect 'POST' "$(probe --method=POST :8080/fail)" 0
expect 'HTTP, failing' "$(probe :8080/healthz)" 1
expect 'orphans made' "$(probe --method=POST ':8080/orphans?count=20')" 0
await_lines 20 'init: reaped: '

begin=$(date +%s)
$client stop --time=30 "$container" >/dev/null
seconds=$(($(date +%s) - begin))
expect "the service's status after stop, which took $seconds s" \
    "$($client inspect --format '{{.State.ExitCode}}' "$container")" 7
expect 'the engine did not have to kill' "$([ $seconds -lt 25 ] && echo yes)" yes
await_lines 1 'init: exiting with status 7'

[ "$1" = docker ] || exit 0

# Docker alone probes without a service manager. It keeps the latest events, so one that has passed is found too.
await_health() {
    "$here/await.sh" 1 "health_status: $1" \
        $client events --since=0 --filter="container=$container" --filter=event=health_status ||
        expect 'health' "$($client inspect --format '{{json .State}}' "$container")" "$1"
    echo "ok: health: $1"
}

$client rm --force "$container" >/dev/null
container=''
$client build --quiet --tag $image-probed - >/dev/null <<END
FROM $image
HEALTHCHECK --interval=300ms --retries=2 CMD ["/healthcheck", ":8080/healthz"]
ENTRYPOINT ["/init", "--", "/testprog", "app", "8080"]
END
container=$($client run --detach $confined $image-probed)
await_health healthy
expect 'POST' "$(probe --method=POST :8080/fail)" 0
await_health unhealthy
reason='healthcheck: :8080/healthz: 503 Service Unavailable'
expect 'the reason that the engine keeps' \
    "$($client inspect --format '{{json .State.Health.Log}}' "$container" | grep -o "$reason" | head -n 1)" "$reason"
