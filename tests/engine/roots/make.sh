#!/bin/sh
# Makes a root of another Debian release with packages in it, for engines that this machine's release does not have.
#
#   make.sh SUITE DIRECTORY PACKAGE...      takes a minute or two, and does nothing if the root is up to date
#
# The mirror and the proxy are those of the host's own apt, which also fetches the packages.
set -eu

tests=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
suite=$1 root=$2
shift 2

recipe() {
    cat "$0" "$tests/debootstrap.sh"
    echo "$suite" "$@"
}

if recipe "$@" | cmp -s - "$root/recipe"; then exit 0; fi
if [ "$(id -u)" != 0 ]; then exec sudo --non-interactive "$0" "$suite" "$root" "$@"; fi
# However this ends, no process keeps running and no mount stays.
if [ "${MAKING_ROOT-}" != "$root" ]; then
    exec env MAKING_ROOT="$root" setpriv --pdeathsig KILL unshare --mount-proc --pid --fork --kill-child \
        "$0" "$suite" "$root" "$@"
fi

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

rm -rf --one-file-system "$root"
mkdir -p "$root"
export DEBIAN_FRONTEND=noninteractive
"$tests/debootstrap.sh" "$suite" "$root"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
mirror=$("$tests/../toolchains/mirror.sh")
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" \
    >"$root/etc/apt/sources.list"
apt_for_root update
mount -t proc proc "$root/proc"
apt_for_root install "$@"
umount "$root/proc"
make_slim
recipe "$@" >"$root/recipe"
