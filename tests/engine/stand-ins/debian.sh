#!/bin/sh
# Makes the stand-in for debian:trixie-slim.
#
#   debian.sh --inputs      prints the host's settings that go into it: other settings, another image
#   debian.sh TARBALL       makes it, which takes half a minute
#
# No image registry is needed: debootstrap makes the same system from the packages. The host's own apt gives the
# mirror and the proxy, and the image's apt is configured the same.
set -eu

suite=trixie
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

# Debian's main archive has the same address for every suite, so the host may be of another release.
source_line() {
    mirror=$("$here/../../../toolchains/mirror.sh") || exit
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
}

# The fetch settings of the host's apt, except options that name a file or a program of the host.
host_fetching() {
    apt-config dump |
        grep -E '^Acquire::(https?::|Check-|Retries|ForceIPv)' |
        grep -Eiv '::(CAInfo|CAPath|SslCert|SslKey|Proxy-?Auto-?Detect)' || true
}

hand_down_apt() {
    etc=$root/etc/apt
    source_line >"$etc/sources.list"
    host_fetching >"$etc/apt.conf.d/80host"
    # The slim image has no certificates, so it could not use a mirror behind TLS.
    if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
        cp /etc/ssl/certs/ca-certificates.crt "$etc/host-certificates.crt"
        echo 'Acquire::https::CAInfo "/etc/apt/host-certificates.crt";' >>"$etc/apt.conf.d/80host"
    fi
}

# These settings make the public image slim and fast to install into.
make_slim() {
    printf 'force-unsafe-io\n' >"$root/etc/dpkg/dpkg.cfg.d/docker-apt-speedup"
    printf 'path-exclude /usr/share/%s\n' 'doc/*' 'man/*' 'info/*' 'locale/*' \
        >"$root/etc/dpkg/dpkg.cfg.d/docker"
    printf 'Acquire::Languages "none";\nAcquire::GzipIndexes "true";\n' >"$root/etc/apt/apt.conf.d/docker"
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    for folder in usr/share/doc usr/share/man usr/share/info usr/share/locale var/lib/apt/lists \
        var/cache/apt var/cache/debconf var/log; do
        find "$root/$folder" -mindepth 1 -type f -delete
    done
}

make_tarball() {
    tarball=$1
    rm -rf --one-file-system "$tarball.work"
    mkdir -p "$tarball.work"
    work=$(CDPATH='' cd -- "$tarball.work" && pwd)
    trap 'rm -rf --one-file-system "$work"' EXIT
    trap 'exit 1' HUP INT TERM
    root=$work/root
    "$here/../../debootstrap.sh" "$suite" "$root"
    hand_down_apt
    make_slim
    tar -C "$root" --numeric-owner -cf "$work/tar" .
    mv "$work/tar" "$tarball"
}

case ${1-} in
--inputs) source_line && host_fetching ;;
?*) make_tarball "$1" ;;
*)
    echo 'usage: debian.sh --inputs | TARBALL' >&2
    exit 2
    ;;
esac
