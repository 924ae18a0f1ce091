#!/bin/sh
# Checks that a Docker that keeps its images in containerd's store loads the release's archive with all of its
# architectures, and that it probes more often while a container starts:
#
#   containerd_store.sh RELEASE DIST      RELEASE is the directory of a release build, DIST has a release's files
#
# docker_short_list.sh runs it, with DOCKER_HOST in the environment.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
release=$1 dist=$2
work=$(mktemp -d)
container=''
archive=$(echo "$dist"/distroless-init-*-oci.tar)
version=${archive##*/distroless-init-}
image=distroless-init:${version%-oci.tar}

leave() {
    [ -z "$container" ] || docker rm --force "$container" >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap leave EXIT
trap 'exit 1' HUP INT TERM

fail() {
    echo "not ok: $1" >&2
    exit 1
}

loaded=$(docker load --input "$archive")
[ "$loaded" = "Loaded image: $image" ] || fail "docker load said: $loaded"
echo "ok: $loaded"

# One build for every architecture. Each gets the programs of its own, as COPY --from gives them.
platforms=linux/amd64,linux/arm64,linux/arm/v7,linux/386,linux/ppc64le,linux/riscv64,linux/s390x
docker build --quiet --platform="$platforms" --output="type=local,dest=$work/built" - >/dev/null <<END
FROM $image AS programs
FROM scratch
COPY --from=programs /init /healthcheck /
END
for architecture in amd64 arm64 arm 386 ppc64le riscv64 s390x; do
    [ $architecture = arm ] && folder=linux_arm_v7 || folder=linux_$architecture
    for program in init healthcheck; do
        cmp "$work/built/$folder/$program" "$dist/$program-linux-$architecture" ||
            fail "$program of $architecture is not the release's"
    done
    echo "ok: a build for $architecture gets its programs"
done

cp "$release/tests/testprog/testprog" "$work/testprog"
cat >"$work/Dockerfile" <<END
FROM scratch
COPY --from=$image /init /healthcheck /
COPY testprog /
HEALTHCHECK --interval=1h --start-period=1m --start-interval=200ms CMD ["/healthcheck", ":8080/healthz"]
ENTRYPOINT ["/init", "--", "/testprog", "app", "8080"]
END
docker build --quiet --tag=distroless-start-interval --file="$work/Dockerfile" "$work" >/dev/null
container=$(docker run --detach --network=none --user=65532:65532 --read-only --cap-drop=ALL \
    ${LIMITS:+"$LIMITS"} distroless-start-interval)
"$here/await.sh" 1 'health_status: healthy' \
    docker events --since=0 --filter="container=$container" --filter=event=health_status ||
    fail "health: $(docker inspect --format '{{json .State}}' "$container")"
echo 'ok: healthy by --start-interval, although --interval is an hour'
