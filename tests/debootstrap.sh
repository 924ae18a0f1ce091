#!/bin/sh
# Makes a minimal root of a Debian release, from the mirror and through the proxy that this machine's apt uses.
#
#   debootstrap.sh SUITE ROOT      takes half a minute, as root
#
# However this ends, it stops everything that debootstrap started and unmounts everything that it mounted.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
mirror=$("$here/../toolchains/mirror.sh")

# debootstrap fetches with wget, which reads only the environment.
export_proxy() {
    eval "$(apt-config shell from_apt "Acquire::$1::Proxy")"
    case ${from_apt:-DIRECT} in
    DIRECT) ;;
    *) export "$1_proxy=$from_apt" ;;
    esac
    unset from_apt
}

export_proxy http
export_proxy https
exec setpriv --pdeathsig KILL unshare --mount-proc --pid --fork --kill-child \
    debootstrap --variant=minbase "$1" "$2" "$mirror"
