#!/bin/sh
# Prints the mirror of Debian's archive that this machine's apt uses. It has every supported release of Debian.
set -eu

codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
# shellcheck disable=SC2016  # the names are apt's
mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk -v codename="$codename" \
        '$3 == "main" && ($2 == codename || $2 ~ /^(stable|oldstable|bookworm|trixie)$/) { print $1; exit }')
[ -n "$mirror" ] || {
    echo "mirror.sh: apt knows no mirror of Debian: it needs the component main of this release" >&2
    exit 1
}
echo "$mirror"
