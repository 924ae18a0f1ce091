#!/bin/sh
# Makes DIST/distroless-init-VERSION-oci.tar: an image of only the programs, for each architecture.
#
#   packaging/image.sh VERSION DIST TIME [REVISION]
#
# It is an OCI layout with one index over all architectures, which skopeo, Podman and containerd read. With
# manifest.json it is also Docker's older archive, which has no index: there each architecture has a tag.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
version=$1 dist=$2 revision=${4-}
programs='init healthcheck healthcheck-tls'
export SOURCE_DATE_EPOCH="$3"
created=$(date --utc --date="@$3" +%Y-%m-%dT%H:%M:%SZ)
types=application/vnd.oci.image

layout=$(mktemp -d)
trap 'rm -rf "$layout"' EXIT
mkdir -p "$layout/blobs/sha256"

# Turns the file "blob" into a blob named by its digest. Prints its descriptor, with the media type $1.
blob() {
    digest=$(sha256sum "$layout/blob" | cut -d ' ' -f 1)
    mv "$layout/blob" "$layout/blobs/sha256/$digest"
    jq -cn --arg type "$1" --arg digest "sha256:$digest" \
        --argjson size "$(stat -c %s "$layout/blobs/sha256/$digest")" \
        '{mediaType: $type, digest: $digest, size: $size}'
}

# Uncompressed, a layer has the same digest everywhere.
layer() {
    root=$layout/root
    install -d "$root"
    for program in $programs; do install -m 755 "$dist/$program-linux-$1" "$root/$program"; done
    # shellcheck disable=SC2086  # several names
    "$here/tar.sh" "$layout/blob" -C "$root" $programs
    rm -rf "$root"
    blob "$types.layer.v1.tar"
}

platform() {
    jq -cn --arg architecture "$1" \
        '{os: "linux", architecture: $architecture} + if $architecture == "arm" then {variant: "v7"} else {} end'
}

config() {
    jq -cn --argjson platform "$1" --argjson layer "$2" --argjson labels "$labels" --arg created "$created" \
        --arg programs "$programs" '
        $platform + {
            created: $created,
            config: {Labels: $labels},
            rootfs: {type: "layers", diff_ids: [$layer.digest]},
            history: [{created: $created, created_by: "COPY \($programs) /"}]
        }' >"$layout/blob"
    blob "$types.config.v1+json"
}

manifest() {
    jq -cn --arg type "$types.manifest.v1+json" --argjson config "$1" --argjson layer "$2" \
        --argjson annotations "$annotations" '
        {schemaVersion: 2, mediaType: $type, config: $config, layers: [$layer], annotations: $annotations}' \
        >"$layout/blob"
    blob "$types.manifest.v1+json"
}

index() {
    jq -cs --arg type "$types.index.v1+json" --argjson annotations "$annotations" '
        {schemaVersion: 2, mediaType: $type, manifests: ., annotations: $annotations}' "$layout/manifests" \
        >"$layout/blob"
    blob "$types.index.v1+json"
}

# The name for engines. containerd and Podman need the full name, including the registry that Docker assumes.
layout_index() {
    jq -cn --argjson index "$1" --arg version "$version" '
        {schemaVersion: 2, mediaType: $index.mediaType, manifests: [$index + {annotations: {
            "io.containerd.image.name": "docker.io/library/distroless-init:\($version)",
            "org.opencontainers.image.ref.name": $version}}]}'
}

# One of Docker's entries: a name without an architecture means amd64.
docker_entry() {
    jq -cn --arg architecture "$1" --argjson config "$2" --argjson layer "$3" --arg version "$version" '
        def path: "blobs/" + (.digest | sub(":"; "/"));
        "distroless-init:" as $name | [
            if $architecture == "amd64" then "\($name)\($version)", "\($name)latest" else empty end,
            "\($name)\($version)-\($architecture)"
        ] as $tags | {Config: ($config | path), RepoTags: $tags, Layers: [$layer | path]}'
}

labels=$(jq -cn --arg version "$version" --arg revision "$revision" '
    {
        title: "distroless-init",
        description: "The PID 1 and the health probe that a distroless image lacks: /init, /healthcheck and /healthcheck-tls",
        version: $version, licenses: "MIT"
    } + if $revision == "" then {} else {revision: $revision} end
    | with_entries(.key |= "org.opencontainers.image." + .)')
annotations=$(jq -cn --argjson labels "$labels" --arg created "$created" \
    '$labels + {"org.opencontainers.image.created": $created}')

for architecture in amd64 arm64 arm 386 ppc64le riscv64 s390x; do
    platform=$(platform $architecture)
    layer=$(layer $architecture)
    config=$(config "$platform" "$layer")
    manifest=$(manifest "$config" "$layer")
    jq -cn --argjson manifest "$manifest" --argjson platform "$platform" '$manifest + {platform: $platform}' \
        >>"$layout/manifests"
    docker_entry $architecture "$config" "$layer" >>"$layout/entries"
done
index=$(index)
layout_index "$index" >"$layout/index.json"
jq -cs . "$layout/entries" >"$layout/manifest.json"
printf '{"imageLayoutVersion":"1.0.0"}' >"$layout/oci-layout"
"$here/tar.sh" "$dist/distroless-init-$version-oci.tar" --mode=u=rwX,go=rX -C "$layout" \
    oci-layout index.json manifest.json blobs
