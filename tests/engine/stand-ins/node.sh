#!/bin/sh
# Makes the context of node.Dockerfile, in which npm is the one that Node.js brings, not Debian's with its four
# hundred packages.
#
#   node.sh --inputs      prints what of the host goes into it: another text, another image
#   node.sh TARBALL       makes it
set -eu

npm=npm@10.9.9
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

# Where the host's npm gets its packages, and how.
settings() {
    for name in registry proxy https-proxy noproxy strict-ssl; do
        value=$(npm config get "$name")
        case $value in null | '') ;; *) echo "$name=$value" ;; esac
    done
}

make_tarball() {
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' HUP INT TERM
    (cd "$work" && npm pack --silent "$npm" && tar -xzf npm-*.tgz && rm npm-*.tgz)
    # npm's own settings: users have none in the image.
    settings >"$work/package/npmrc"
    echo 'cafile=/etc/ssl/certs/ca-certificates.crt' >>"$work/package/npmrc"
    cp /etc/ssl/certs/ca-certificates.crt "$work/"
    cp "$here/node.Dockerfile" "$work/"
    tar -C "$work" -cf "$1.part" .
    mv "$1.part" "$1"
}

case ${1-} in
--inputs) settings && cat "$here/node.Dockerfile" ;;
?*) make_tarball "$1" ;;
*)
    echo 'usage: node.sh --inputs | TARBALL' >&2
    exit 2
    ;;
esac
