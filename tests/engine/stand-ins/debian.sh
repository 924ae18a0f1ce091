#!/bin/sh
# Makes the stand-in for debian:bookworm-slim.
#
#   debian.sh --inputs      prints the host's settings that go into it: other settings, another image
#   debian.sh TARBALL       makes it, which takes half a minute
#
# No image registry is needed: debootstrap makes the same system from the packages. The host's own apt gives the
# package sources and the proxy, and the image's apt is configured the same.
set -eu

suite=bookworm

# Debian's own suites among those that the host's apt uses, without the sources that a user added.
host_sources() {
    # shellcheck disable=SC2016  # the names are apt's
    apt-get indextargets 'Created-By: Packages' 'Component: main' \
        --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' |
        awk -v s="$suite" '($3 == s || $3 == s "-updates" || $3 == s "-security") && !seen[$0]++'
}

# The fetch settings of the host's apt, except options that name a file or a program of the host.
host_fetching() {
    apt-config dump |
        grep -E '^Acquire::(https?::|Check-|Retries|ForceIPv)' |
        grep -Eiv '::(CAInfo|CAPath|SslCert|SslKey|Proxy-?Auto-?Detect)' || true
}

# debootstrap fetches with wget, which reads only the environment.
export_proxy() {
    eval "$(apt-config shell from_apt "Acquire::$1::Proxy")"
    case ${from_apt:-DIRECT} in
    DIRECT) ;;
    *) export "$1_proxy=$from_apt" ;;
    esac
    unset from_apt
}

make_root() {
    mirror=$(host_sources | awk -v s="$suite" '$3 == s { print $2; exit }')
    if [ -z "$mirror" ]; then
        echo "debian.sh: the host's apt has no source for $suite" >&2
        exit 1
    fi
    export_proxy http
    export_proxy https
    # However this ends, stop everything that debootstrap started and unmount everything that it mounted.
    setpriv --pdeathsig KILL unshare --mount-proc --pid --fork --kill-child \
        debootstrap --variant=minbase "$suite" "$root" "$mirror"
}

hand_down_apt() {
    etc=$root/etc/apt
    host_sources >"$etc/sources.list"
    host_fetching >"$etc/apt.conf.d/80host"
    for keyring in /etc/apt/trusted.gpg.d/* /etc/apt/keyrings/*; do
        [ ! -f "$keyring" ] || cp "$keyring" "$etc/trusted.gpg.d/"
    done
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
    make_root
    hand_down_apt
    make_slim
    tar -C "$root" --numeric-owner -cf "$work/tar" .
    mv "$work/tar" "$tarball"
}

case ${1-} in
--inputs) host_sources && host_fetching ;;
?*) make_tarball "$1" ;;
*)
    echo 'usage: debian.sh --inputs | TARBALL' >&2
    exit 2
    ;;
esac
