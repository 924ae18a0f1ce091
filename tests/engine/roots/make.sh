#!/bin/sh
# Makes a root of another Debian release with packages in it, for engines that this machine's release does not have.
#
#   make.sh SUITE DIRECTORY PACKAGE...      takes a minute or two, and does nothing if the root is up to date
#
# The mirror and the proxy are those of the host's own apt, which also fetches the packages.
set -eu

suite=$1 root=$2
shift 2

recipe() {
    cat "$0"
    echo "$suite" "$@"
}

if recipe "$@" | cmp -s - "$root/recipe"; then exit 0; fi
if [ "$(id -u)" != 0 ]; then exec sudo --non-interactive "$0" "$suite" "$root" "$@"; fi
# However this ends, no process keeps running and no mount stays.
if [ "${MAKING_ROOT-}" != "$root" ]; then
    exec env MAKING_ROOT="$root" setpriv --pdeathsig KILL unshare --mount-proc --pid --fork --kill-child \
        "$0" "$suite" "$root" "$@"
fi

# Debian's main archive has the same address for every suite.
# shellcheck disable=SC2016  # the names are apt's
mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT) $(ORIGIN)' 'Created-By: Packages' |
    awk '$2 ~ /^(bookworm|trixie|forky|sid)$/ && $3 == "main" && $4 == "Debian" { print $1; exit }')
[ -n "$mirror" ] || {
    echo "make.sh: the host's apt knows no mirror of Debian" >&2
    exit 1
}

# debootstrap fetches with wget, which knows only the environment.
export_proxy() {
    eval "$(apt-config shell from_apt "Acquire::$1::Proxy")"
    case ${from_apt:-DIRECT} in
    DIRECT) ;;
    *) export "$1_proxy=$from_apt" ;;
    esac
    unset from_apt
}

# Runs the host's apt on the root. Only dpkg runs inside it.
apt_for_root() {
    apt-get -q -y -o Dir="$root" -o Dir::State::status="$root/var/lib/dpkg/status" \
        -o Dir::Etc::trustedparts=/usr/share/keyrings -o Dir::Bin::methods=/usr/lib/apt/methods \
        -o DPkg::Chroot-Directory="$root" -o APT::Sandbox::User='' -o APT::Install-Recommends=false \
        -o Acquire::Languages=none -o DPkg::Options::=--force-unsafe-io "$@"
}

# Removes what engines never read, and what apt fetched.
make_slim() {
    for folder in usr/share/doc usr/share/man usr/share/info usr/share/locale var/cache/apt var/lib/apt/lists; do
        find "$root/$folder" -mindepth 1 -type f -delete
    done
}

export_proxy http
export_proxy https
rm -rf --one-file-system "$root"
mkdir -p "$root"
export DEBIAN_FRONTEND=noninteractive
debootstrap --variant=minbase "$suite" "$root" "$mirror"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" \
    >"$root/etc/apt/sources.list"
apt_for_root update
mount -t proc proc "$root/proc"
apt_for_root install "$@"
umount "$root/proc"
make_slim
recipe "$@" >"$root/recipe"
