#!/bin/sh
# Makes the context of node.Dockerfile. It takes npm from Node.js itself, not from Debian, whose npm needs four
# hundred packages.
#
#   node.sh --inputs      prints the host's settings that go into it: other settings, another image
#   node.sh TARBALL       makes it
set -eu

npm=npm@10.9.9
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

# The registry from which the host's npm gets its packages, and its settings for that.
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
    # npm's own settings: the image has no user settings.
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
